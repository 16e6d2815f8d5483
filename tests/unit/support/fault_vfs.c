#include "fault_vfs.h"

#include <errno.h>
#include <sqlite3.h>
#include <stdlib.h>

static sqlite3_vfs *below;
static struct fault current;
static int calls_seen;
static bool happened;

/* Whether this call must fail. */
static bool
fails(enum fault_call call)
{
	if ((current.calls & call) == 0)
		return false;
	calls_seen++;
	if (calls_seen != current.nth && !(current.sticky && calls_seen > current.nth))
		return false;
	happened = true;
	return true;
}

/* --- one file --------------------------------------------------------------- */

/* The file of the system's VFS is in memory directly after this. */
struct file {
	sqlite3_file base;
};

static sqlite3_file *
real(sqlite3_file *file)
{
	return (sqlite3_file *)((struct file *)file + 1);
}

#define REAL(file) (real(file)->pMethods)

static int
file_close(sqlite3_file *file)
{
	return REAL(file)->xClose(real(file));
}

static int
file_read(sqlite3_file *file, void *bytes, int amount, sqlite3_int64 offset)
{
	return fails(FAULT_READ) ? current.code : REAL(file)->xRead(real(file), bytes, amount, offset);
}

static int
file_write(sqlite3_file *file, const void *bytes, int amount, sqlite3_int64 offset)
{
	if (!fails(FAULT_WRITE))
		return REAL(file)->xWrite(real(file), bytes, amount, offset);
	(void)REAL(file)->xWrite(real(file), bytes, amount / 2, offset);
	errno = current.error;
	return current.code;
}

static int
file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
	return fails(FAULT_TRUNCATE) ? current.code : REAL(file)->xTruncate(real(file), size);
}

static int
file_sync(sqlite3_file *file, int flags)
{
	(void)file;
	(void)flags;
	return fails(FAULT_SYNC) ? current.code : SQLITE_OK;
}

static int
file_size(sqlite3_file *file, sqlite3_int64 *size)
{
	return REAL(file)->xFileSize(real(file), size);
}

static int
file_lock(sqlite3_file *file, int level)
{
	return fails(FAULT_LOCK) ? current.code : REAL(file)->xLock(real(file), level);
}

static int
file_unlock(sqlite3_file *file, int level)
{
	return REAL(file)->xUnlock(real(file), level);
}

static int
file_check_reserved(sqlite3_file *file, int *result)
{
	return REAL(file)->xCheckReservedLock(real(file), result);
}

static int
file_control(sqlite3_file *file, int what, void *argument)
{
	return REAL(file)->xFileControl(real(file), what, argument);
}

static int
file_sector(sqlite3_file *file)
{
	return REAL(file)->xSectorSize(real(file));
}

static int
file_characteristics(sqlite3_file *file)
{
	return REAL(file)->xDeviceCharacteristics(real(file));
}

static int
file_shm_map(sqlite3_file *file, int page, int size, int extend, void volatile **memory)
{
	return fails(FAULT_SHARED) ? current.code : REAL(file)->xShmMap(real(file), page, size, extend, memory);
}

static int
file_shm_lock(sqlite3_file *file, int offset, int count, int flags)
{
	if ((flags & SQLITE_SHM_LOCK) && fails(FAULT_LOCK))
		return current.code;
	return REAL(file)->xShmLock(real(file), offset, count, flags);
}

static void
file_shm_barrier(sqlite3_file *file)
{
	REAL(file)->xShmBarrier(real(file));
}

static int
file_shm_unmap(sqlite3_file *file, int delete_it)
{
	return REAL(file)->xShmUnmap(real(file), delete_it);
}

/* Version 2: no memory mapping, so that each read is a call of these functions. */
static const sqlite3_io_methods methods = {
	.iVersion = 2,
	.xClose = file_close,
	.xRead = file_read,
	.xWrite = file_write,
	.xTruncate = file_truncate,
	.xSync = file_sync,
	.xFileSize = file_size,
	.xLock = file_lock,
	.xUnlock = file_unlock,
	.xCheckReservedLock = file_check_reserved,
	.xFileControl = file_control,
	.xSectorSize = file_sector,
	.xDeviceCharacteristics = file_characteristics,
	.xShmMap = file_shm_map,
	.xShmLock = file_shm_lock,
	.xShmBarrier = file_shm_barrier,
	.xShmUnmap = file_shm_unmap,
};

/* --- the disk --------------------------------------------------------------- */

static int
disk_open(sqlite3_vfs *vfs, const char *name, sqlite3_file *file, int flags, int *ret_flags)
{
	int code;

	(void)vfs;
	file->pMethods = NULL;
	if (fails(FAULT_OPEN))
		return current.code;
	code = below->xOpen(below, name, real(file), flags, ret_flags);
	/* SQLite closes a file that has methods, even after a failure. */
	if (REAL(file) != NULL)
		file->pMethods = &methods;
	return code;
}

static int
disk_delete(sqlite3_vfs *vfs, const char *name, int sync)
{
	(void)vfs;
	(void)sync;
	return fails(FAULT_DELETE) ? current.code : below->xDelete(below, name, 0);
}

static int
disk_access(sqlite3_vfs *vfs, const char *name, int flags, int *result)
{
	(void)vfs;
	return below->xAccess(below, name, flags, result);
}

static int
disk_path(sqlite3_vfs *vfs, const char *name, int room, char *path)
{
	(void)vfs;
	return below->xFullPathname(below, name, room, path);
}

static int
disk_random(sqlite3_vfs *vfs, int room, char *bytes)
{
	(void)vfs;
	return below->xRandomness(below, room, bytes);
}

static int
disk_sleep(sqlite3_vfs *vfs, int microseconds)
{
	(void)vfs;
	return below->xSleep(below, microseconds);
}

static int
disk_time(sqlite3_vfs *vfs, double *julian)
{
	(void)vfs;
	return below->xCurrentTime(below, julian);
}

static int
disk_error(sqlite3_vfs *vfs, int room, char *words)
{
	(void)vfs;
	return below->xGetLastError(below, room, words);
}

static int
disk_time64(sqlite3_vfs *vfs, sqlite3_int64 *time)
{
	(void)vfs;
	return below->xCurrentTimeInt64(below, time);
}

void
fault_install(void)
{
	static sqlite3_vfs disk = {
		.iVersion = 2,
		.zName = "fault",
		.xOpen = disk_open,
		.xDelete = disk_delete,
		.xAccess = disk_access,
		.xFullPathname = disk_path,
		.xRandomness = disk_random,
		.xSleep = disk_sleep,
		.xCurrentTime = disk_time,
		.xGetLastError = disk_error,
		.xCurrentTimeInt64 = disk_time64,
	};

	if (below != NULL)
		return;
	below = sqlite3_vfs_find(NULL);
	if (below == NULL)
		abort();
	disk.mxPathname = below->mxPathname;
	disk.szOsFile = (int)sizeof(struct file) + below->szOsFile;
	if (sqlite3_vfs_register(&disk, 1) != SQLITE_OK)
		abort();
}

void
fault_set(const struct fault *fault)
{
	current = *fault;
	calls_seen = 0;
	happened = false;
}

bool
fault_clear(void)
{
	current.calls = 0;
	return happened;
}
