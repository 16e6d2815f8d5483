#!/bin/sh
# renown spam: measuring the classifier with labelled comments, and its opinion of a text, with and without a site.
# shellcheck source=tests/cli/lib.sh
. "$(dirname "$0")/lib.sh"
site=$work/nowhere

# --- evaluate, which needs no site
cat >comments.csv <<'END'
date,label,text
1,spam,"Buy ""cheap"" pills,
click here http://a.ru"
2,0,I had the same question about chapter 3.
3,1,Zorblat frobnicates here
4,HAM,The committee met on Tuesday
5,1,Zorblat frobnicates there
6,0,The committee met again on Tuesday
7,1,Zorblat frobnicates everywhere
8,0,"Why does the index need a sort, he asked"
9,spam,zorblat frobnicates
10,ham,"The committee
met"
11, 1 ,"Best online casino, free spins: https://casino.top"
12,0,nice
END
"$RENOWN" spam evaluate comments.csv >said 2>&1
is 'evaluate succeeds without a site' 0 $?
is 'the last line has precision, recall and F1' 1 "$(tail -n 1 said | grep -cE '^precision [01]\.[0-9]{4} recall [01]\.[0-9]{4} f1 [01]\.[0-9]{4}$')"
has 'the first half is learned, the second half tested' "$(cat said)" 'Learned 3 spam and 3 other comments.' 'Tested 3 spam:' 'Tested 3 others: 3 accepted, 0 called spam.'
trained=$(sed -n 's/^Tested 3 spam: \([0-9]\) found.*/\1/p' said)
"$RENOWN" spam evaluate --untrained comments.csv >said 2>&1
has 'nothing is learned with --untrained' "$(cat said)" 'Learned 0 spam and 0 other comments.' 'Tested 3 spam: 1 found, 2 missed.'
is 'learning helps' 1 "$([ "$trained" -ge 1 ] && echo 1)"
printf '\357\273\277LABEL,Text\r\n1,Subscribe to my channel\r\n1,"Subscribe to my\r\nchannel"\r\n' >windows.csv
"$RENOWN" spam evaluate windows.csv >said 2>&1
is 'a byte order mark, CRLF and other letter case are accepted' 'precision 1.0000 recall 1.0000 f1 1.0000' "$(tail -n 1 said)"
printf 'text,label\nThank you for the article,0\nThank you for the article,0\n' >ham.csv
"$RENOWN" spam evaluate ham.csv >said 2>&1
is 'without spam all three numbers are 0' 'precision 0.0000 recall 0.0000 f1 0.0000' "$(tail -n 1 said)"
printf 'text,label\ncaf\351 \377,0\nsubscribe to my channel \300\257,1\n' >latin.csv
"$RENOWN" spam evaluate latin.csv >said 2>&1
is 'a text that is not UTF-8 is accepted' 'precision 1.0000 recall 1.0000 f1 1.0000' "$(tail -n 1 said)"

# wrong NAME WORDS CONTENT: a file with this content is refused with these words
wrong() {
	# shellcheck disable=SC2059 # a format is meant
	printf "$3" >wrong.csv
	"$RENOWN" spam evaluate wrong.csv >said 2>&1
	is "$1" 1 $?
	has "$1: the message" "$(cat said)" "$2"
}
wrong 'a file without the columns is refused' 'wrong.csv, line 1: The first line names the columns.' 'comment,label\na,1\n'
wrong 'two columns of one name are refused' 'line 1: The first line names the columns.' 'text,text,label\na,b,1\n'
wrong 'an empty file is refused' 'line 1: The file is empty.' ''
wrong 'a single comment is refused' 'at least two comments' 'text,label\na,1\n'
wrong 'an unknown label is refused' 'line 3: The label must be 1 or spam, or 0 or ham.' 'text,label\na,1\nb,maybe\n'
wrong 'a line with too few fields is refused' 'line 4: There are 1 fields here, and 2 in the first line.' 'text,label\n"a\nb",1\nc\n'
wrong 'a quotation mark that is not closed is refused' 'line 3: The quotation mark that begins a field is never closed.' 'text,label\na,1\n"b,0\nc,1\n'
wrong 'text after a quoted field is refused' 'line 2: After a closing quotation mark' 'text,label\n"a"b,1\n'
wrong 'a zero byte is refused' 'line 2: There is a zero byte in it.' 'text,label\na\000,1\n'
"$RENOWN" spam evaluate missing.csv >said 2>&1
has 'a missing file is named' "$(cat said)" 'missing.csv cannot be read: No such file'
"$RENOWN" spam evaluate "$work" >said 2>&1
has 'a folder is refused' "$(cat said)" 'is not a file'
"$RENOWN" spam evaluate >said 2>&1
is 'a file must be named' 2 $?

# --- why, with the prior only
echo 'Best online casino, free spins: https://casino.top' >casino.txt
"$RENOWN" spam why casino.txt >said 2>&1
is 'why succeeds without a site' 0 $?
has 'it names the words' "$(cat said)" 'No site was given' '	casino' '	free spins' 'spam: probability of spam 1.00'
echo '感谢作者，这篇文章写得很好' | "$RENOWN" spam why - >said 2>&1
has 'it reads standard input, and Chinese' "$(cat said)" '文章' 'no spam: probability of spam 0.0'
printf 'caf\351 casino \033[31m' | "$RENOWN" spam why - >said 2>&1
has 'bytes that are not text are cleaned' "$(cat said)" 'casino'
hasnt 'no control character is printed' "$(cat said)" "$(printf '\033')"
head -c 1100000 /dev/zero | tr '\0' 'a' | "$RENOWN" spam why - >said 2>&1
has 'a text that is too long is refused' "$(cat said)" 'longer than 1 MiB'
"$RENOWN" spam why missing.txt >said 2>&1
has 'a missing file is named' "$(cat said)" 'missing.txt cannot be read'

# --- why, with what a site learned
new_site site
runs 'why succeeds with a site that learned nothing' spam why casino.txt
has 'it says so' "$out" 'Learned: 0 spam, 0 others.'
sql "UPDATE spam_total SET spam = 40, ham = 100, features = 1; INSERT INTO spam_feature (name, spam, ham, counted) VALUES ('casino', 0, 90, 1)"
runs 'why succeeds with counts' spam why casino.txt
has "it shows the site's counts" "$out" 'Learned: 40 spam, 100 others.' "	0	90	casino"
RENOWN_SITE=$site "$RENOWN" spam why casino.txt >said 2>&1
has 'a site in the environment counts as given' "$(cat said)" 'Learned: 40 spam, 100 others.'
site=$work/nowhere
refuses 'a site that does not exist is refused' 78 'cannot be opened' spam why casino.txt
finish
