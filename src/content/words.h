/* words -- the kiosk's own words, and which message of the PO files each one is.
 *
 * A word is named by its constant in code and by its English text (the msgid) in content/ui/<lang>.po and in the
 * bundle document ui/<lang>.json. A new language therefore needs no new firmware. A word that a bundle lacks is shown
 * in English: vejviser-bundle refuses to build such a bundle, so this can only happen with one made for another
 * version of the kiosk.
 *
 * Each row: constant, msgid, msgid_plural (NULL unless the text depends on a number), comment for translators. "%d"
 * and "%s" stand for what the comment says; a translation must hold the same ones, each once.
 */
#ifndef CONTENT_WORDS_H
#define CONTENT_WORDS_H

#define WORDS(X) \
	X(WELCOME, "Welcome", NULL, "Greeting on the first screen, one or two words") \
	X(TOUCH_TO_START, "Touch to start", NULL, "Big button on the first screen") \
	X(CHOOSE_LANGUAGE, "Choose your language", NULL, "Title") \
	X(CHOOSE_LANGUAGE_HELP, "Touch the name of your language.", NULL, "Under the title") \
	X(ANOTHER_LANGUAGE, "Another language? Ask the staff", NULL, "Last card in the list of languages") \
	X(HOME, "Home", NULL, "Button and name of the start page") \
	X(BACK, "Back", NULL, "Button: the page before") \
	X(SEARCH, "Search", NULL, "Button") \
	X(LANGUAGE, "Language", NULL, "What the button with the name of the language does, read aloud") \
	X(LISTEN, "Listen", NULL, "Button: read the page aloud") \
	X(DANISH, "Danish", NULL, "Button: see the page in Danish. On the button itself stands Dansk") \
	X(TEXT_AND_CONTRAST, "Text & contrast", NULL, "Button: larger text, other colours; at most 16 letters") \
	X(TAKE_WITH_ME, "Take with me", NULL, "Button: take the page home on a phone or paper; at most 14 letters") \
	X(NOT_READY, "This is not ready yet.", NULL, "Why a grey button cannot be used") \
	X(NOT_ON_THIS_PAGE, "There is nothing for this on this page.", NULL, "Why a grey button cannot be used") \
	X(GOOD_MORNING, "Good morning", NULL, "Greeting before noon") \
	X(GOOD_AFTERNOON, "Good afternoon", NULL, "Greeting from noon to 18") \
	X(GOOD_EVENING, "Good evening", NULL, "Greeting after 18") \
	X(WHAT_HELP, "What do you need help with?", NULL, "Title of the start page") \
	X(EMERGENCY, "Emergency", NULL, "Word under 112") \
	X(MORE_BELOW, "More below", NULL, "Band at the bottom: the page goes on below") \
	X(UPDATED_TODAY, "Updated today", NULL, "When the content was last changed") \
	X(UPDATED_ON, "Updated %s", NULL, "%s is a date such as 2 March 2026") \
	X(CHECKED_ON, "Checked %s", NULL, "When the municipality last read the page through; %s is a date") \
	X(MINUTES, "%d minute", "%d minutes", "How long a page takes to read; %d is a number") \
	X(DANISH_WORDS, "Danish words you will hear", NULL, "Heading over the official Danish words of a page") \
	X(ASK_A_PERSON, "Ask a person", NULL, "Heading over the contact card") \
	X(READ_NEXT, "Read next", NULL, "Heading over links to other pages") \
	X(PHONE, "Phone", NULL, "Read aloud before a phone number") \
	X(NOT_CHECKED, "A person has not checked this translation yet.", NULL, "Label on a translated page") \
	X(NOT_CHECKED_HELP, "Ask the staff if something is unclear.", NULL, "Under the label above") \
	X(DANISH_NEWER, "The Danish text is newer.", NULL, "Label: the translation may be out of date") \
	X(MAY_BE_OLD, "This page may be out of date. Ask the staff.", NULL, "Label: the page's date has passed") \
	X(NOT_TRANSLATED, "This page is not in your language yet.", NULL, "Label over a page shown in Danish") \
	X(NO_PAGES, "There are no pages here yet. Ask the staff.", NULL, "In an empty topic") \
	X(PAGE_GONE, "This page is no longer here.", NULL, "When the municipality has taken a page away") \
	X(STILL_THERE, "Are you still there?", NULL, "Title of the question after two minutes without a touch") \
	X(BACK_TO_START_IN, "We go back to the start in", NULL, "Over the number of seconds") \
	X(SECONDS, "second", "seconds", "Under the number of seconds left; the number stands above") \
	X(STILL_HERE, "Yes, I am still here", NULL, "Button") \
	X(START_AGAIN, "No, start again", NULL, "Button") \
	X(CLOSE, "Close", NULL, "Button") \
	X(DONE, "Done", NULL, "Button") \
	X(RESET, "Reset", NULL, "Button: text and colours as they were at the start") \
	X(TEXT_SIZE, "Size of the text", NULL, "Heading") \
	X(COLOURS, "Colours", NULL, "Heading") \
	X(STANDARD, "Standard", NULL, "The ordinary colours") \
	X(HIGH_CONTRAST, "High contrast", NULL, "White and yellow text on black") \
	X(MOVEMENT, "Movement", NULL, "Heading") \
	X(CALM_SCREEN, "Calm screen", NULL, "Switch") \
	X(CALM_SCREEN_HELP, "Nothing moves by itself.", NULL, "Under the switch") \
	X(BACK_TO_STANDARD, "The screen goes back to standard when you leave.", NULL, "At the bottom of the panel") \
	X(CALL_FOR_HELP, "Call for help", NULL, "Title of the emergency sheet") \
	X(CALL_112, "Danger to life: ambulance, fire, police. Say what has happened and where you are.", NULL, \
	  "Beside 112") \
	X(CALL_114, "Police, when it is not urgent", NULL, "Beside 114") \
	X(CALL_DOCTOR, "Doctor on call, when your own doctor is closed. Always call first.", NULL, \
	  "Beside 70 15 03 00") \
	X(CALL_1888, "Violence at home: free, anonymous, all day and night", NULL, "Beside 1888") \
	X(USE_A_PHONE, "This screen cannot call. Use a phone, or ask the staff to call.", NULL, \
	  "On the emergency sheet") \
	X(FOR_YOU, "For you", NULL, "Over buttons that put the fitting pages first; at most 20 letters") \
	X(FOR_ALL, "All", NULL, "Button: pages in their usual order; at most 10 letters") \
	X(FOR_FAMILIES, "Families", NULL, "Button: pages for families first; at most 10 letters") \
	X(FOR_WORKING, "Working", NULL, "Button: pages for people who work first; at most 10 letters") \
	X(FOR_STUDENTS, "Students", NULL, "Button: pages for students first; at most 10 letters") \
	X(FOR_SENIORS, "Seniors", NULL, "Button: pages for older people first; at most 10 letters") \
	X(LEAVE_PAGE, "Leave this page", NULL, \
	  "Button on a page that somebody else must not see being read: goes to the start page") \
	X(CHOSEN, "Chosen", NULL, "Read aloud for the chosen one of several") \
	X(STEP, "Step %d", NULL, "Read aloud before a step; %d is its number") \
	X(REMEMBER, "Remember", NULL, "What a yellow box is, read aloud") \
	X(GOOD_TO_KNOW, "Good to know", NULL, "What a blue box is, read aloud") \
	X(URGENT, "Urgent", NULL, "What a red box is, read aloud")

enum word {
#define X(name, msgid, plural, comment) WORD_##name,
	WORDS(X)
#undef X
	WORD_COUNT
};

/* What the PO files call a word; plural is NULL where the text does not depend on a number. Static, never freed. */
struct word_message {
	const char *msgid;
	const char *plural;
	const char *comment;
};
extern const struct word_message word_messages[WORD_COUNT];

/* Where `form` stands for a word's msgid: NULL when it holds each "%d" and "%s" of the msgid once and no other "%";
 * else a sentence that says what is wrong. A plural form may leave its "%d" out. Static, never freed. */
const char *word_form_fault(enum word word, const char *form);

#endif
