#include <stddef.h>

#include "cli/cli.h"

const struct command commands[] = {
    {"import", cmd_import, "load a council's folder, or single files of it",
     "PATH... [--organisation CODE] [--dry-run] [--as FILE --map COLUMN=HEADER ...]",
     "  --organisation CODE  whose files these are, when organisation.csv is not among them\n"
     "  --dry-run            check everything and change nothing\n"
     "Files of another layout (docs/council-folder.md):\n"
     "  --as FILE            which file of the council folder it is: observations ...\n"
     "  --map COLUMN=HEADER  fills a column of ours; several headers are joined with +\n"
     "  --set COLUMN=TEXT    fills it with the same text in every row\n"
     "  --number COLUMN      fills it with 1, 2, 3 in the order of the rows taken\n"
     "  --where HEADER=TEXT  takes only rows with exactly this\n"
     "  --ignore HEADER      leaves a column out; '*': all that nothing uses\n"
     "  --periods KIND       what ambiguous period labels mean\n"
     "  --make-measures      makes measures that are not there\n"
     "  --mapping FILE       the same from a CSV file: option,value\n",
     "  goldthread import examples/luton\n"
     "  goldthread import --organisation luton observations.csv --dry-run\n"
     "  goldthread import figures.csv --as observations --map measure=code,period=when,value=n\n"},
    {"export", cmd_export, "write an organisation as a council folder", "DIR [--organisation CODE]",
     "  --organisation CODE  which one, when the record holds several\n",
     "  goldthread export /tmp/luton --organisation luton\n"},
    {"copy", cmd_copy, "move a record to another engine, every row verified",
     "[--from RECORD] --to RECORD",
     "  --from RECORD        where it is (default: the record of --record)\n"
     "  --to RECORD          where it shall be: a new file, or an empty database\n",
     "  goldthread copy --from goldthread.db --to postgresql://db.example.org/goldthread\n"},
    {"check", cmd_check, "find faults in the framework: aims that lead nowhere and their like",
     "[--organisation CODE]", "  --organisation CODE  which one, when the record holds several\n",
     "  goldthread check --organisation luton\n"},
    {"status", cmd_status, "every measure: value, target, status, reason, direction of travel",
     "[--period P] [--at DATE] [--measure CODE] [--organisation CODE]",
     "  --period P           reporting period: 2013-14-Q4, 2025-04 ... (default: the latest)\n"
     "  --at DATE            with what was known on that date\n"
     "  --measure CODE       only this measure\n"
     "  --organisation CODE  which one, when the record holds several\n",
     "  goldthread status --period 2013-14-Q4 --organisation luton\n"},
    {"explain", cmd_explain, "the whole calculation of one status",
     "MEASURE --period P [--part PART] [--at DATE] [--organisation CODE]",
     "  --period P           reporting period (default: the latest)\n"
     "  --part PART          a part of the measure, such as a ward\n"
     "  --at DATE            with what was known on that date\n"
     "  --organisation CODE  which one, when the record holds several\n",
     "  goldthread explain 1.2.1.KR --period 2025-26-Q2 --organisation bracknell-forest\n"},
    {"refer", cmd_refer, "what a rule of referral refers now, or would have in the past",
     "[--rule RULE ...] [--period P] [--at DATE] [--class LIST] [--measure CODE]\n"
     "       goldthread refer [--rule RULE ...] --back-test [--from P] [--to P] [--class LIST] ...",
     "  --rule RULE          a code of referral_rules.csv, or off_target:4 (4 periods running),\n"
     "                       off_target:3/5 (3 of the last 5), worsening, failing, missing:2,\n"
     "                       red_without_action; several may stand (default: all of the record)\n"
     "  --back-test          what it would have referred each quarter of the past\n"
     "  --from P, --to P     the past from the start of a period, to the end of one\n"
     "  --period P           without --back-test: what was referred then (default: now)\n"
     "  --at DATE            with what was known on that date\n"
     "  --class LIST         only corporate, service, statutory, organisational measures\n"
     "  --measure CODE       only this measure\n"
     "  --table NAME         only this one: referrals (the default of --csv), quarters, summary\n"
     "  --organisation CODE  which one, when the record holds several\n",
     "  goldthread refer --rule off_target:4 --back-test --organisation luton\n"},
    {"report", cmd_report, "write a report from its definition",
     "NAME --period P [--at DATE] [--format html,json,csv] [--out DIR] [--organisation CODE]",
     "  NAME                 quarterly\n"
     "  --period P           reporting period (default: the latest)\n"
     "  --at DATE            with what was known on that date\n"
     "  --format LIST        html, json, csv (default: all three)\n"
     "  --out DIR            where to (default: the folder you are in)\n"
     "  --organisation CODE  which one, when the record holds several\n",
     "  goldthread report quarterly --period 2025-26-Q2 --out report --organisation luton\n"},
    {"serve", cmd_serve, "the web application", "[--listen ADDRESS:PORT]",
     "  --listen ADDRESS:PORT  where to listen (default 127.0.0.1:8080; port 0: any free one)\n"
     "  --host NAME            a name to answer to, beside localhost\n"
     "  --templates DIR        read the templates from disk instead of the binary\n"
     "  --behind-tls           a proxy speaks TLS for us\n"
     "  --trusted-proxy LIST   addresses or networks of proxies whose X-Forwarded-For is believed\n"
     "  --secret-file FILE     the key that seals second factors (default: RECORD.key)\n"
     "  --access-log           one line a request on standard error\n"
     "  --metrics-listen ADDRESS:PORT  /livez, /readyz and /metrics there (default: nowhere)\n"
     "  --log-format FORMAT    lines of the log as text (default) or json\n"
     "  --backup-folder DIR    a verified backup every night into DIR\n"
     "  --backup-keep N        how many of them to keep (default 14)\n"
     "  --backup-at HH:MM      when, in UTC (default 02:00)\n"
     "  --audit-hook COMMAND   gets the audit trail's head every day and when the server stops\n",
     "  goldthread serve --listen 127.0.0.1:8080\n"},
    {"audit", cmd_audit, "the audit trail: whether it is whole, all of it, and its head",
     "verify [--head SEQUENCE:HASH ...]\n"
     "       goldthread audit export [--from SEQUENCE]\n"
     "       goldthread audit head",
     "  --head SEQUENCE:HASH  a head written down outside the record, which must be in the trail;\n"
     "                        may stand several times\n"
     "  --from SEQUENCE       only events from this one on\n"
     "export prints a line of JSON an event, or with --csv a table for a spreadsheet.\n",
     "  goldthread audit verify\n"
     "  goldthread audit export --from 118 > trail.jsonl\n"},
    {"backup", cmd_backup, "a checked copy of the record in one file, while it is in use",
     "--to FILE [--verify]",
     "  --to FILE            the file to make; replaced only if it is an earlier backup of this "
     "record\n"
     "  --verify             also restore it into a fresh place and compare every table\n",
     "  goldthread backup --to /srv/backup/goldthread-2025-10-01.db --verify\n"},
    {"restore", cmd_restore, "put a backup in the place of the record",
     "--from FILE [--to RECORD] [--confirm NAME]",
     "  --from FILE          a file that goldthread backup made\n"
     "  --to RECORD          where to (default: the record of --record): a file, or an empty "
     "database\n"
     "  --confirm NAME       replace a record that holds anything; the refusal says which name\n",
     "  goldthread restore --from /srv/backup/goldthread-2025-10-01.db --to rehearsal.db\n"},
    {"user", cmd_user, "accounts: who may sign in, and what they may do",
     "add CODE --name NAME [--email EMAIL] [--role ROLE SCOPE] [--password-file FILE]\n"
     "       goldthread user list\n"
     "       goldthread user grant CODE ROLE [SCOPE]\n"
     "       goldthread user revoke CODE ROLE [SCOPE]\n"
     "       goldthread user link CODE --organisation O --person P\n"
     "       goldthread user link CODE --issuer ADDRESS --subject S\n"
     "       goldthread user unlink CODE --organisation O --person P | --issuer ADDRESS\n"
     "       goldthread user rename CODE [--name NAME] [--email EMAIL]\n"
     "       goldthread user password CODE [--password-file FILE] [--must-change]\n"
     "       goldthread user second-factor CODE --remove\n"
     "       goldthread user second-factor --forget-key\n"
     "       goldthread user disable CODE | enable CODE | sessions CODE | end-sessions CODE\n"
     "       goldthread user setting [NAME [VALUE | --clear]]",
     "  --name NAME          the name, or the post\n"
     "  --email EMAIL        signs in with it as well as with the code\n"
     "  --role ROLE          granted at once: viewer, contributor, owner, head, performance,\n"
     "                       member, scrutiny, partner, auditor, administrator; the role public\n"
     "                       is granted to \"public\", which is everybody\n"
     "  SCOPE                [--organisation O] [--unit U | --board B | --measure M]; an\n"
     "                       administrator's and an auditor's is every organisation "
     "(--organisation\n"
     "                       '*') where none is said\n"
     "  --password-file FILE one line with the password; -: standard input (default: ask at the\n"
     "                       terminal)\n"
     "  --no-password        add: signs in by a sign-on service only\n"
     "  --must-change        the password must be changed at the next sign-in\n"
     "  --person P           the account is this person of people.csv, and owns what they own\n"
     "  --remove             takes the second factor of one account away\n"
     "  --forget-key         the key file of second factors is lost: all are enrolled anew\n"
     "docs/accounts.md says what is stored and how, and lists the settings.\n",
     "  goldthread user add officer --name 'Performance officer' --email officer@council.example "
     "\\\n"
     "      --role administrator\n"
     "  goldthread user grant waste contributor --organisation luton --unit waste\n"
     "  goldthread user setting require_second_factor yes\n"},
    {"token", cmd_token, "tokens: what programs sign in with",
     "add CODE --purpose TEXT (--expires DATE | --days N) [--scope read|write]\n"
     "       goldthread token list [CODE]\n"
     "       goldthread token revoke TOKEN",
     "  --purpose TEXT       what it is for\n"
     "  --expires DATE       its last day, a year away at most\n"
     "  --days N             the same counted from now, 366 at most\n"
     "  --scope SCOPE        read (default), or write: what the account may, but administer\n"
     "  TOKEN                how it begins, as list shows it: gt_ and eight signs\n"
     "add prints the token, which is shown this once.\n",
     "  goldthread token add officer --purpose 'Power BI' --days 90\n"
     "  goldthread token revoke gt_Ab3dE6gH\n"},
    {NULL, NULL, NULL, NULL, NULL, NULL},
};
