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
	X(NO_CONNECTION, "No connection now", NULL, "Instead of when the content was last changed") \
	X(CHECKED_ON, "Checked %s", NULL, "When the municipality last read the page through; %s is a date") \
	X(MINUTES, "%d minute", "%d minutes", "How long a page takes to read; %d is a number") \
	X(PAGES_COUNT, "%d page", "%d pages", "How many pages a topic has; %d is a number") \
	X(DANISH_WORDS, "Danish words you will hear", NULL, "Heading over the official Danish words of a page") \
	X(ASK_A_PERSON, "Ask a person", NULL, "Heading over the contact card") \
	X(READ_NEXT, "Read next", NULL, "Heading over links to other pages") \
	X(PHONE, "Phone", NULL, "Read aloud before a phone number") \
	X(NOT_CHECKED, "Not checked by a person yet.", NULL, "Label on a translated page") \
	X(NOT_CHECKED_HELP, "Ask the staff if something is unclear.", NULL, "Under the label above") \
	X(DANISH_NEWER, "The Danish text is newer.", NULL, "Label: the translation may be out of date") \
	X(MAY_BE_OLD, "This page may be out of date. Ask the staff.", NULL, "Label: the page's date has passed") \
	X(NOT_TRANSLATED, "This page is not in your language yet.", NULL, "Label over a page shown in Danish") \
	X(DANISH_CHECKED_ON, "Danish text checked %s", NULL, \
	  "When the municipality last read the Danish text through, on a page where no person has checked the " \
	  "translation; %s is a date") \
	X(CHANGES_MARKED, "What has changed is marked below.", NULL, "Under the label that the Danish text is newer") \
	X(CHANGED_IN_DANISH, "Changed in Danish", NULL, "Over a paragraph whose Danish text has changed") \
	X(NEW_IN_DANISH, "New in the Danish text", NULL, "Over a paragraph that there is in Danish alone") \
	X(GONE_IN_DANISH, "No longer in the Danish text", NULL, \
	  "Under a paragraph that there is not in Danish any more") \
	X(NEWEST_DANISH, "The newest Danish text", NULL, "Over the Danish text of what has changed") \
	X(SEE_DANISH, "See Danish beside it", NULL, "Button: the Danish text beside the translation") \
	X(SHOW_STAFF, "Show this to the staff:", NULL, "Over the following sentence, in Danish") \
	X(HELP_ME_READ, "Can you help me read this?", NULL, \
	  "What a visitor shows to the staff, about a page that is not in their language") \
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
	X(START_OVER, "Start again", NULL, "Button: the first question again") \
	X(READ_MORE, "Read more", NULL, "Button: the page with more about it") \
	X(YOU_ANSWERED, "You answered", NULL, "Over the answer the visitor gave") \
	X(CHANGE, "Change", NULL, "Button: back to the question; at most 12 letters") \
	X(SAY_IN_DANISH, "Say in Danish:", NULL, "Over a Danish sentence to say") \
	X(PLACES, "Places and contacts", NULL, "Title, and card on the start page") \
	X(PLACES_HELP, "Addresses, phone numbers and opening hours.", NULL, "Under the title") \
	X(KIND_ALL, "All places", NULL, "Button: places of every kind, one short word") \
	X(KIND_OTHER, "Other places", NULL, "Button: a kind of place, one short word") \
	X(KIND_OFFICE, "Town hall", NULL, "Button: the municipality's offices, one or two short words") \
	X(KIND_HEALTH, "Health places", NULL, "Button: doctors, dentists, health centres, one short word") \
	X(KIND_DAYCARE, "Daycare places", NULL, "Button: a kind of place, one short word") \
	X(KIND_SCHOOL, "Schools", NULL, "Button: a kind of place, one short word") \
	X(KIND_LIBRARY, "Library", NULL, "Button: a kind of place, one short word") \
	X(KIND_CLUB, "Clubs", NULL, "Button: a kind of place, one short word") \
	X(KIND_CULTURE, "Culture", NULL, "Button: a kind of place, one short word") \
	X(KIND_LANGUAGE, "Language schools", NULL, "Button: a kind of place, one short word") \
	X(KIND_WORK, "Job centre", NULL, "Button: places about work, one short word") \
	X(KIND_SENIORS, "Places for seniors", NULL, "Button: a kind of place, one short word") \
	X(PLACES_COUNT, "%d place", "%d places", "How many places the list shows; %d is a number") \
	X(ONLY_OPEN, "Only open now", NULL, "Switch over the list of places") \
	X(FRITIDSPAS, "Takes part in Fritidspas", NULL, \
	  "Button and line: a place where Fritidspas pays; Fritidspas is not translated") \
	X(FRITIDSPAS_HELP, "You can use it here.", NULL, "After Fritidspas, on a place") \
	X(NO_PLACES, "No place fits what you chose.", NULL, "Instead of the list") \
	X(SHOW_ALL, "Show all", NULL, "Button: the whole list") \
	X(OPEN_NOW, "Open now", NULL, "On a card of the start page; at most 12 letters") \
	X(OPEN_UNTIL, "Open now until %s", NULL, "%s is a time such as 17:00") \
	X(OPEN_ALL_DAY, "Open all day and night", NULL, "Today, from midnight to midnight") \
	X(CLOSED, "Closed", NULL, "A place, and a day of its opening hours") \
	X(OPENS_TODAY, "Closed. Opens today at %s", NULL, "%s is a time such as 16:00") \
	X(OPENS_TOMORROW, "Closed. Opens tomorrow at %s", NULL, "%s is a time such as 10:00") \
	X(OPENS_ON, "Closed. Opens: %s", NULL, "%s is a day and a time, such as Monday 10:00") \
	X(HOURS_UNKNOWN, "Opening hours are not known", NULL, "In the list of places, and on a place") \
	X(CALL_FIRST, "Call before you go.", NULL, "Under the line above, on a place") \
	X(OPENING_HOURS, "Opening hours", NULL, "Heading") \
	X(TODAY, "Today, %s", NULL, "%s is a day of the week, or a date such as Thursday 12 March") \
	X(TOMORROW, "Tomorrow, %s", NULL, "%s is a date such as Friday 13 March") \
	X(OTHER_HOURS, "Other hours on these days", NULL, "Heading over dates when the opening hours differ") \
	X(IN_DANISH, "In Danish", NULL, "Before the Danish name of a place") \
	X(ADDRESS, "Address", NULL, "Before an address") \
	X(TRAVEL, "How to get there", NULL, "Before a sentence about bus and bicycle") \
	X(SPEAKS, "They speak", NULL, "Before the names of languages") \
	X(AUDIENCE, "Who it is for", NULL, "Before a sentence such as For children") \
	X(PRICE, "What it costs", NULL, "Before a sentence about the price") \
	X(ACTIVITIES, "What you can do here", NULL, "Before names such as Football, Swimming") \
	X(WEBSITE, "On the internet", NULL, "Before an address such as www.example.dk") \
	X(EMAIL, "E-mail", NULL, "Before an e-mail address") \
	X(EXAMPLE, "This is only an example. It is not real.", NULL, \
	  "Label on a place or event that shows how it looks") \
	X(MORE_ABOUT_PLACE, "More about this place", NULL, "Button on a page's contact card: opens the place") \
	X(EVENTS, "Events", NULL, "Title, and card on the start page") \
	X(EVENTS_HELP, "Meet people and try something new.", NULL, "Under the title") \
	X(EVENT_FREE, "Free", NULL, "Tag on an event: it costs nothing") \
	X(EVENT_NO_SIGNUP, "No sign-up", NULL, "Tag on an event: just come") \
	X(EVENT_FAMILIES, "For families", NULL, "Tag on an event") \
	X(EVENT_CANCELLED, "Cancelled", NULL, "Tag on an event that does not take place") \
	X(ALL_DAY, "All day", NULL, "Instead of the time of an event") \
	X(NO_EVENTS, "Nothing is planned on these days.", NULL, "Instead of the list of events") \
	X(NO_EVENTS_HELP, "Choose another day, or ask the staff.", NULL, "Under the line above") \
	X(NO_NEW_EVENTS, "We cannot show new events right now", NULL, \
	  "Title, when the screen has had no connection for more than a day") \
	X(NO_CONNECTION_HELP, "This screen has no connection. Everything else works.", NULL, "Under the title above") \
	X(EVENTS_UPDATED, "Events last updated: %s", NULL, "%s is a date such as Monday 9 March") \
	X(EVENTS_WE_HAVE, "See the events we have", NULL, "Button: the list, which may be old") \
	X(EVENTS_WE_HAVE_HELP, "They may have changed. Call before you go.", NULL, "Under the button above") \
	X(ASK_THE_STAFF, "Ask the staff", NULL, "Over the name and phone number of an office of the municipality") \
	X(GO_HOME, "Go to the start page", NULL, "Button") \
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
	X(URGENT, "Urgent", NULL, "What a red box is, read aloud") \
	X(PHRASES, "Useful phrases", NULL, "Name of the pages with sentences to show somebody") \
	X(YOU_SAY, "You say", NULL, "Heading over sentences; who you are there stands behind it, such as parent") \
	X(THEY_SAY, "They say", NULL, \
	  "Heading over sentences that the other person says to you; who that is stands behind it") \
	X(SHOW_THIS, "Show this to the other person", NULL, "Over a large sentence in Danish") \
	X(THEY_ASK_YOU, "The other person says this to you", NULL, "Over a large sentence") \
	X(POINT_AT_ANSWER, "Point at an answer", NULL, "Heading over answers to a sentence") \
	X(SLOWER, "Slower", NULL, "Button: read the sentence aloud slowly; at most 10 letters") \
	X(ENLARGE, "Larger", NULL, "Button: show the sentence on the whole screen; at most 12 letters") \
	X(MY_SITUATION, "My situation", NULL, "Name of the pages with what to do when something changes in life") \
	X(WHAT_IS_NEW, "What is new in your life?", NULL, "Title over events in life such as a new job") \
	X(WHAT_IS_NEW_HELP, \
	  "Choose one. You get all the steps in the right order: who can help, where to go and what to bring.", NULL, \
	  "Under the title above") \
	X(SOMETHING_ELSE, "Something else?", NULL, "Last card under events in life") \
	X(SOMETHING_ELSE_HELP, "Ask the staff. They can help you choose.", NULL, "On the card above") \
	X(STEPS_DONE, "%d step of %s done", "%d steps of %s done", \
	  "%d is how many steps are done, %s how many there are") \
	X(IS_IT_DONE, "Done?", NULL, "Beside the box to tick when a step is done; at most 8 letters") \
	X(NEXT_STEP, "Next step", NULL, "On the first step that is not done") \
	X(WHO_HELPS, "Who helps?", NULL, "Before who helps with a step") \
	X(WHERE, "Where?", NULL, "Before an address") \
	X(WHEN, "When?", NULL, "Before when to do something") \
	X(BRING, "What to bring", NULL, "Before the papers to bring along") \
	X(READ_HOW, "Read how to do it", NULL, "Button: opens the page about a step") \
	X(PICTURE, "Picture %d of %s", NULL, "Over a story in pictures; %d is which one, %s how many there are") \
	X(PREVIOUS, "Previous", NULL, "Button: the picture before; at most 14 letters") \
	X(NEXT, "Next", NULL, "Button: the next picture; at most 14 letters") \
	X(URGENT_MESSAGE, "Urgent message", NULL, "Over a message about danger") \
	X(MESSAGES, "Messages", NULL, "Title over messages from the municipality") \
	X(TODAY_AT, "today %s", NULL, "When a message came; %s is the time, such as 13:10") \
	X(FROM, "From: %s", NULL, "Who sent a message; %s is a name in Danish") \
	X(GO_ON, "I have read it", NULL, "Button: closes an urgent message") \
	X(MESSAGE_NOT_TRANSLATED, "This message is not in your language yet.", NULL, "Under a message shown in Danish")

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
