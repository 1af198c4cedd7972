#include "bundle/new_kinds.h"

#include "base/array.h"
#include "base/message.h"

#define FOR_YOU "Lines that begin with # are for you: delete them when you are done. README.md explains every key."

static const char page[] =
	"---\n"
	"# A page in Danish. " FOR_YOU "\n"
	"# The heading, at most 60 characters:\n"
	"title: @title@\n"
	"# Under the heading and in the list, one or two short sentences:\n"
	"summary: Skriv her, hvad siden handler om.\n"
	"# A pictogram:\n"
	"icon: @icon@\n"
	"# The day a person last read the page through, and the last day it holds:\n"
	"reviewed: @today@\n"
	"valid_to: @until@\n"
	"# Who to ask, the name of a file in places/ without .yaml; take the # away when you use it:\n"
	"# contact: kommunen\n"
	"# Other pages to read next, topic/page:\n"
	"# related: [clubs/library]\n"
	"# Up to three small cards:\n"
	"facts:\n"
	"  - {icon: clock, label: Tid, value: 10 minutter}\n"
	"# Danish words of the page with a plain explanation; mark them with * in the text:\n"
	"terms:\n"
	"  - {term: kommune, meaning: \"dem, der bestemmer i byerne og hjælper dig\"}\n"
	"---\n"
	"\n"
	"Skriv først det vigtigste. Spørg din *kommune*, hvis du er i tvivl.\n"
	"\n"
	"## Sådan gør du\n"
	"\n"
	"1. **Ring først**\n"
	"   Skriv her, hvad man skal sige.\n"
	"2. **Kom til tiden**\n"
	"   Skriv her, hvad man skal tage med.\n"
	"\n"
	"- Husk dit kort\n"
	"- Husk dit pas\n"
	"\n"
	"> [!good-to-know]\n"
	"> **Godt at vide**\n"
	"> Skriv her, hvad der er godt at vide.\n";

static const char topic[] =
	"# A topic. " FOR_YOU "\n"
	"# A pictogram:\n"
	"icon: @icon@\n"
	"# Its colour: welcome, rights, daycare, school, work, language, clubs, health or seniors\n"
	"hue: welcome\n"
	"# A large picture, an SVG file in pictures/; take the # away when you have one:\n"
	"# picture: topic-@name@.svg\n"
	"# Its pages, in the order they are shown:\n"
	"pages: [start]\n"
	"# At most 30 characters; then the other languages below each other, such as \"  en: ...\":\n"
	"title:\n"
	"  da: @title@\n"
	"summary:\n"
	"  da: Skriv her i en sætning, hvad emnet handler om.\n";

static const char place[] =
	"# A place, in every language. " FOR_YOU "\n"
	"# A pictogram:\n"
	"icon: @icon@\n"
	"# office, health, daycare, school, library, club, culture, language, work, seniors or other:\n"
	"kind: other\n"
	"# Its Danish name, as visitors see it on the sign:\n"
	"danish: @title@\n"
	"name:\n"
	"  da: @title@\n"
	"#  en: ...\n"
	"# What to know; a sentence for each language:\n"
	"note:\n"
	"  da: Ring, før du kommer.\n"
	"# Take the # away where you know it:\n"
	"# phone: 12 34 56 78\n"
	"# web: www.example.dk\n"
	"# address: Vejen 1, 9600 Aars\n"
	"# town: Aars\n"
	"# activities: [football]\n"
	"# fritidspas: yes\n"
	"# When it is open; a day that is not named is closed. It needs a last day:\n"
	"# hours:\n"
	"#   valid_to: @until@\n"
	"#   monday: 10:00-17:00\n"
	"#   thursday: 9:00-12:00, 13:00-18:00\n";

#define HEAD \
	"icon: @icon@\n" \
	"# The day a person last read it through, and the last day it holds:\n" \
	"reviewed: @today@\n" \
	"valid_to: @until@\n" \
	"title: @title@\n" \
	"summary: Skriv her, hvornår man har brug for den.\n"

static const char phrases[] = "# Sentences to show to each other. " FOR_YOU "\n" HEAD "# Who talks together:\n"
			      "visitor: borger\n"
			      "staff: medarbejder\n"
			      "# The names (hello) are yours to choose; do not change them later.\n"
			      "phrases:\n"
			      "  hello:\n"
			      "    icon: phrases\n"
			      "    # visitor or staff: who shows it\n"
			      "    from: visitor\n"
			      "    # Danish, at most 80 letters\n"
			      "    text: Kan du hjælpe mig?\n"
			      "    # up to four, for the other one to point at\n"
			      "    replies:\n"
			      "      \"yes\": {icon: check, text: Ja}\n"
			      "      wait: {icon: clock, text: Vent lidt}\n"
			      "  name:\n"
			      "    icon: person\n"
			      "    from: staff\n"
			      "    text: Hvad hedder du?\n";

static const char guide[] =
	"# Questions with answers, which lead to the one who helps. " FOR_YOU "\n" HEAD
	"# Can somebody be in danger? Then write emergency: yes, and let the first answer lead to 112.\n"
	"questions:\n"
	"  # The first is where it begins. The names (what) are yours to choose; do not change them later.\n"
	"  what:\n"
	"    title: Hvad vil du?\n"
	"    # two to five; to: a result, or a question further down\n"
	"    answers:\n"
	"      call: {icon: phone, title: Jeg vil ringe, to: phone}\n"
	"      come: {icon: person, title: Jeg vil komme, to: desk}\n"
	"results:\n"
	"  # Each has at least one of phone, place (a file in places/) and page (topic/page).\n"
	"  phone: {icon: phone, title: Ring til os, text: Ring på hverdage., phone: 12 34 56 78}\n"
	"  desk: {icon: person, title: Kom til os, text: \"Ring, før du kommer.\", phone: 12 34 56 78}\n";

static const char path[] = "# What to do, in order, when something happens in life. " FOR_YOU "\n" HEAD
			   "# The names (call) are yours to choose; do not change them later.\n"
			   "steps:\n"
			   "  call:\n"
			   "    icon: phone\n"
			   "    title: Ring til kommunen\n"
			   "    text: Sig, hvad der er sket.\n"
			   "    when: Først\n"
			   "    # perhaps: place or who, bring, danish, page\n"
			   "    bring: dit kort\n"
			   "  come:\n"
			   "    icon: person\n"
			   "    title: Kom til tiden\n"
			   "    text: Tag dit kort med.\n"
			   "    when: Bagefter\n";

static const char story[] =
	"# A story in pictures. " FOR_YOU "\n"
	"# The topic it is shown with; take the # away:\n"
	"# topic: daycare\n" HEAD "# The names (first) are yours to choose; do not change them later.\n"
	"parts:\n"
	"  first:\n"
	"    # an SVG file in pictures/, 960 wide and 680 to 720 high\n"
	"    picture: @name@-first.svg\n"
	"    # what is in it, for those who do not see it\n"
	"    shows: En sol over en bakke.\n"
	"    # perhaps when it is\n"
	"    when: Om morgenen\n"
	"    # one sentence, at most 120 letters\n"
	"    text: Solen står op.\n"
	"    # up to three Danish words to know\n"
	"    words:\n"
	"      sun: {text: sol}\n"
	"  then:\n"
	"    picture: @name@-then.svg\n"
	"    shows: En måne over en bakke.\n"
	"    when: Om aftenen\n"
	"    text: Månen er fremme.\n";

#define DRAWING(sky, light) \
	"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 960 720\"><rect width=\"960\" height=\"720\" " \
	"fill=\"" sky "\"/><circle cx=\"700\" cy=\"220\" r=\"90\" fill=\"" light "\"/><path d=\"M0 520 C260 470 " \
	"640 470 960 506 V720 H0z\" fill=\"#79A892\"/></svg>\n"
static const char drawing_day[] = DRAWING("#DDE8E5", "#F3C871");
static const char drawing_night[] = DRAWING("#06303A", "#F8F3E8");

static const char event[] =
	"BEGIN:VCALENDAR\n"
	"VERSION:2.0\n"
	"PRODID:-//Vejviser//new//EN\n"
	"BEGIN:VEVENT\n"
	"UID:@name@@vejviser.example\n"
	"DTSTAMP:@soonday@T120000Z\n"
	"COMMENT:SUMMARY is the title\\, DESCRIPTION the text\\, both in Danish. DTSTART and DTEND: year\\, "
	"month\\, day\\, T\\, hour\\, minute\\, second.\n"
	"SUMMARY:@value@\n"
	"DESCRIPTION:Skriv her\\, hvad der sker\\, og hvem det er for.\n"
	"DTSTART;TZID=Europe/Copenhagen:@soonday@T160000\n"
	"DTEND;TZID=Europe/Copenhagen:@soonday@T180000\n"
	"COMMENT:Every week: RRULE:FREQ=WEEKLY\\;UNTIL=20271231. Away on one day: "
	"EXDATE\\;VALUE=DATE:20271224\n"
	"COMMENT:LOCATION is the name of a file in places/ without .yaml\\, or words. In CATEGORIES take "
	"example away when it is real.\n"
	"LOCATION:Skriv her\\, hvor det er\n"
	"CATEGORIES:other,example\n"
	"END:VEVENT\n"
	"END:VCALENDAR\n";

static const char notice[] = "# A message on top of the start page. " FOR_YOU "\n"
			     "icon: @icon@\n"
			     "# service, important or urgent; urgent is for danger, and lasts at most 14 days:\n"
			     "urgency: service\n"
			     "# Danish time; a day alone lasts to its end. A time is written 2026-12-01 08:00\n"
			     "from: @today@\n"
			     "to: @soon@\n"
			     "sender: Kommunen\n"
			     "title: @title@\n"
			     "text: Skriv her, hvad der er sket, og hvad man skal gøre.\n"
			     "# At most three things to do:\n"
			     "acts:\n"
			     "  ask: {icon: person, text: Spørg personalet}\n";

static const char site[] =
	"# What this kiosk shows: the municipality, the languages in the order of the language screen, the "
	"topics in the order of\n"
	"# the home screen. \"vejviser-bundle new\" adds to the lists.\n"
	"format: 1\n"
	"municipality: @title@\n"
	"source: da\n"
	"languages:\n"
	"  - {code: da, name: Dansk}\n"
	"topics: [welcome]\n";

static const char first_topic[] =
	"icon: welcome\n"
	"# Its colour: welcome, rights, daycare, school, work, language, clubs, health or seniors\n"
	"hue: welcome\n"
	"# Its pages, in the order they are shown:\n"
	"pages: [start]\n"
	"title:\n"
	"  da: Velkommen\n"
	"summary:\n"
	"  da: Det første, du skal vide.\n";

/* Titles of files that are not asked for are set before. */
const struct new_kind new_kinds[] = {
	{"site",
	 N_("a small site in an empty folder"),
	 N_("the folder"),
	 N_("the municipality"),
	 60,
	 "welcome",
	 {{"site.yaml", site}, {"topics/welcome/topic.yaml", first_topic}, {"topics/welcome/start/da.md", page}},
	 NULL,
	 NULL},
	{"topic",
	 N_("a topic with its first page"),
	 N_("its name, such as health"),
	 N_("its title in Danish"),
	 30,
	 "info",
	 {{"topics/@name@/topic.yaml", topic}, {"topics/@name@/start/da.md", page}},
	 "site.yaml",
	 "topics"},
	{"page",
	 N_("a page in Danish"),
	 N_("topic/page, such as clubs/chess"),
	 N_("its title in Danish"),
	 60,
	 "info",
	 {{"topics/@topic@/@name@/da.md", page}},
	 "topics/@topic@/topic.yaml",
	 "pages"},
	{"place",
	 N_("a place or club"),
	 N_("its name, such as aars-library"),
	 N_("its Danish name"),
	 60,
	 "places",
	 {{"places/@name@.yaml", place}},
	 NULL,
	 NULL},
	{"phrases",
	 N_("sentences to show to each other"),
	 N_("its name, such as dentist"),
	 N_("the situation in Danish"),
	 60,
	 "phrases",
	 {{"phrases/@name@/da.yaml", phrases}},
	 "site.yaml",
	 "phrases"},
	{"guide",
	 N_("questions that lead to who helps"),
	 N_("its name, such as lost-passport"),
	 N_("its title in Danish"),
	 60,
	 "question",
	 {{"guides/@name@/da.yaml", guide}},
	 "site.yaml",
	 "guides"},
	{"path",
	 N_("what to do when something happens"),
	 N_("its name, such as new-baby"),
	 N_("its title in Danish"),
	 60,
	 "route",
	 {{"paths/@name@/da.yaml", path}},
	 "site.yaml",
	 "paths"},
	{"story",
	 N_("a story in pictures"),
	 N_("its name, such as first-school-day"),
	 N_("its title in Danish"),
	 60,
	 "play",
	 {{"stories/@name@/da.yaml", story},
	  {"pictures/@name@-first.svg", drawing_day},
	  {"pictures/@name@-then.svg", drawing_night}},
	 "site.yaml",
	 "stories"},
	{"event",
	 N_("an event"),
	 N_("its name, such as open-day"),
	 N_("its title in Danish"),
	 60,
	 "events",
	 {{"events/@name@.ics", event}},
	 NULL,
	 NULL},
	{"notice",
	 N_("a message on top of the start page"),
	 N_("its name, such as water-off"),
	 N_("its title in Danish"),
	 60,
	 "info",
	 {{"notices/@name@/da.yaml", notice}},
	 NULL,
	 NULL},
};
const size_t new_kind_count = ARRAY_LEN(new_kinds);
