#!/usr/bin/env python3
"""sound.py bench|film FILE.wav: the sounds of the bench, made from nothing but noise and a plucked string."""
import math
import random
import sys
import wave

RATE = 24000
random.seed(1904)


class Track:
    def __init__(self, seconds):
        self.samples = [0.0] * int(seconds * RATE)

    def add(self, start, sound, gain=1.0):
        offset = int(start * RATE)
        for i, value in enumerate(sound[:len(self.samples) - offset]):
            self.samples[offset + i] += value * gain

    def save(self, path):
        peak = max(map(abs, self.samples)) or 1
        data = b"".join(int(v / peak * 26000).to_bytes(2, "little", signed=True) for v in self.samples)
        with wave.open(path, "wb") as out:
            out.setnchannels(1)
            out.setsampwidth(2)
            out.setframerate(RATE)
            out.writeframes(data)


def pluck(frequency, seconds, softness=.5):
    """A plucked string after Karplus and Strong: a burst of noise goes round a loop and is smoothed each time."""
    size = int(RATE / frequency)
    loop = [random.uniform(-1, 1) for _ in range(size)]
    for _ in range(2):
        loop = [(a + b) / 2 for a, b in zip(loop, loop[1:] + loop[:1])]
    result = []
    for i in range(int(seconds * RATE)):
        value = loop[i % size]
        loop[i % size] = .9985 * ((1 - softness) * value + softness * loop[(i + 1) % size])
        result.append(value)
    return fade(result)


def fade(samples, seconds=.4):
    n = min(len(samples), int(seconds * RATE))
    for i in range(n):
        samples[-1 - i] *= i / n
    return samples


def noise(seconds, envelope, low, high=0.0):
    """Noise between two frequencies, shaped by envelope(0..1)."""
    a, b = 1 - math.exp(-math.tau * low / RATE), 1 - math.exp(-math.tau * high / RATE)
    n, smooth, floor, result = int(seconds * RATE), 0.0, 0.0, []
    for i in range(n):
        smooth += a * (random.uniform(-1, 1) - smooth)
        floor += b * (smooth - floor)
        result.append((smooth - floor) * envelope(i / n))
    return result


def ring(frequency, seconds, decay):
    return [math.sin(math.tau * frequency * i / RATE) * math.exp(-i / RATE * decay) for i in range(int(seconds * RATE))]


def crackle(seconds, per_second, low, high, envelope):
    """Small stiff snaps, thicker where the envelope is high: a sized sheet that is shaken."""
    result = [0.0] * int((seconds + .05) * RATE)
    for _ in range(int(seconds * per_second)):
        t = random.random()
        if random.random() > envelope(t):
            continue
        start, gain = int(t * seconds * RATE), random.uniform(.15, 1) ** 2
        for i, value in enumerate(ring(random.uniform(low, high), .012, 420)):
            result[start + i] += value * gain
    return result


def shaking(t, shakes):
    return abs(math.sin(math.pi * shakes * t)) ** 1.5 * min(1, t * 8, (1 - t) * 8)


def brush_stroke(pitch):
    """One blow of a palm brush on wet paper."""
    blow = noise(.13, lambda t: (1 - t) ** 4, 1500 * pitch, 220)
    thump = ring(150 * pitch, .13, 38)
    return [3.2 * a + .5 * b for a, b in zip(blow, thump)]


def hollow_stroke():
    thump = ring(92, .34, 11)
    return [a + .8 * b for a, b in zip(thump, noise(.34, lambda t: (1 - t) ** 5, 700, 90))]


def bench():
    track = Track(47)
    for start, frequency in ((0, 392), (1.5, 294), (3.0, 196)):
        track.add(start, pluck(frequency, 6 - start if start else 5), .9)
    track.add(6, crackle(7.5, 900, 2600, 6200, lambda t: shaking(t, 17)), .55)
    track.add(6, noise(7.5, lambda t: shaking(t, 17), 9000, 2500), .25)
    track.add(15, noise(7, lambda t: shaking(t, 8) * .8, 900, 160), .85)
    track.add(15, crackle(7, 40, 500, 900, lambda t: shaking(t, 8)), .08)
    for i in range(44):
        t = i / 43
        track.add(23 + i * .235 + random.uniform(-.012, .012), brush_stroke(1 + .32 * max(0, t - .45)), random.uniform(.72, .9))
    for i in range(32):
        start = 34 + i * .235 + random.uniform(-.012, .012)
        track.add(start, hollow_stroke() if i in (13, 22) else brush_stroke(1.12), .9 if i in (13, 22) else .75)
    track.add(42.2, pluck(196, 4.8), 1)
    return track


def film():
    """The soft sweeps of the film, at the times at which its brush moves."""
    from film import SECONDS, sweeps
    track = Track(SECONDS)
    for start, seconds, firm in sweeps():
        track.add(start, noise(seconds, lambda t: math.sin(math.pi * t) ** .7, 2600 if firm else 1300, 250), .8 if firm else .5)
    return track


if __name__ == "__main__":
    {"bench": bench, "film": film}[sys.argv[1]]().save(sys.argv[2])
