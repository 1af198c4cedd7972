#include "screens/opening.h"

#include "content/hours.h"
#include "tokens.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#define WEEK      7
#define LINES_MAX 40
#define DATES_MAX 8  /* that differ, shown at most, */
#define DATES_FAR 60 /* within so many days */
#define PAD       34.0f
#define LINE_PAD  4.0f
#define TINT_OUT  20.0f /* today's tint reaches beyond its words */
#define ICON      48.0f
#define ICON_GAP  18.0f
#define CARD_TOP  27.0f
#define CARD_GAP  13.0f /* from its title to the lines */
#define CARD_LOW  25.0f

#define LTR_ISOLATE "\u2066"
#define POP_ISOLATE "\u2069"

const char *opening_time(const struct view *view, int minute)
{
	const char *text = arena_printf(view->scratch, LTR_ISOLATE "%02d:%02d" POP_ISOLATE, minute / 60, minute % 60);
	return text ? text : "";
}

const char *opening_span(const struct view *view, int from, int to)
{
	const char *text = arena_printf(view->scratch, LTR_ISOLATE "%02d:%02d–%02d:%02d" POP_ISOLATE, from / 60,
					from % 60, to / 60, to % 60);
	return text ? text : "";
}

static bool is_whole_day(const struct hours *hours, int64_t day)
{
	struct opening opening;
	return hours_of_day(hours, day, &opening, 1) == 1 && opening.from == 0 && opening.to == MINUTES_OF_DAY;
}

/* "Monday 10:00"; a day that is not in the coming week with its date. */
static const char *day_and_time(const struct view *view, int days, int minute)
{
	const char *day =
		view_day(view, view->language, view_today(view) + days, days < WEEK ? LOCALE_WEEKDAY : LOCALE_DAY);
	const char *text = arena_printf(view->scratch, "%s %s", day, opening_time(view, minute));
	return text ? text : day;
}

static const char *closed_words(const struct view *view, const struct hours_state *state)
{
	if (state->opens_in < 0)
		return view_word(view, WORD_CLOSED);
	if (state->opens_in > 1)
		return view_filled(view, view_word(view, WORD_OPENS_ON),
				   day_and_time(view, state->opens_in, state->opens_from));
	return view_filled(view, view_word(view, state->opens_in == 0 ? WORD_OPENS_TODAY : WORD_OPENS_TOMORROW),
			   opening_time(view, state->opens_from));
}

struct widget_status opening_status(const struct view *view, const struct hours *hours)
{
	struct hours_state state = hours_at(hours, &view->local);
	if (state.kind == HOURS_UNKNOWN)
		return (struct widget_status){.text = view_word(view, WORD_HOURS_UNKNOWN)};
	if (state.kind == HOURS_CLOSED)
		return (struct widget_status){.text = closed_words(view, &state)};
	if (is_whole_day(hours, view_today(view)))
		return (struct widget_status){.text = view_word(view, WORD_OPEN_ALL_DAY), .good = true};
	const char *until = opening_time(view, state.until);
	return (struct widget_status){.text = view_filled(view, view_word(view, WORD_OPEN_UNTIL), until), .good = true};
}

/* ---- The table */

struct line {
	const char *day, *hours;
	bool today, heading;
};

struct table {
	struct line lines[LINES_MAX];
	size_t count;
};

static void add_line(struct table *table, struct line line)
{
	if (table->count < LINES_MAX)
		table->lines[table->count++] = line;
}

/* "10:00–12:00, 13:00–15:00" */
static const char *spans(const struct view *view, const struct opening *openings, size_t count)
{
	const char *text =
		count > 0 ? opening_span(view, openings[0].from, openings[0].to) : view_word(view, WORD_CLOSED);
	for (size_t i = 1; text && i < count; i++)
		text = arena_printf(view->scratch, "%s, %s", text,
				    opening_span(view, openings[i].from, openings[i].to));
	return text ? text : "";
}

/* Of an ordinary week, whatever the date. */
static size_t of_weekday(const struct hours *hours, int weekday, struct opening out[HOURS_MAX])
{
	size_t count = 0;
	for (size_t i = 0; i < hours->week_count && count < HOURS_MAX; i++)
		if (hours->week[i].weekday == weekday)
			out[count++] = hours->week[i];
	return count;
}

static const char *weekday_name(const struct view *view, int weekday)
{
	return view_day(view, view->language, view_today(view) - view->local.weekday + weekday, LOCALE_WEEKDAY);
}

/* Days with the same hours stand on one line, where the first of them does; today by itself. */
static void add_week(struct table *table, const struct view *view, const struct hours *hours)
{
	struct opening openings[HOURS_MAX];
	const char *texts[WEEK];
	for (int day = 0; day < WEEK; day++)
		texts[day] = spans(view, openings, of_weekday(hours, day, openings));
	for (int day = 0; day < WEEK; day++) {
		bool today = day == view->local.weekday;
		const char *names[WEEK], *text = texts[day];
		size_t count = 0;
		for (int next = day; next < WEEK && text; next++) {
			bool same = next == day || (!today && next != view->local.weekday && texts[next] &&
						    strcmp(texts[next], text) == 0);
			if (!same)
				continue;
			names[count++] = weekday_name(view, next);
			texts[next] = NULL;
		}
		if (today)
			text = spans(view, openings, hours_of_day(hours, view_today(view), openings, HOURS_MAX));
		const char *days = today ? view_filled(view, view_word(view, WORD_TODAY), names[0])
					 : view_list(view, names, count);
		if (count > 0)
			add_line(table, (struct line){days, text, today, false});
	}
}

static void add_dates(struct table *table, const struct view *view, const struct hours *hours)
{
	struct opening openings[HOURS_MAX];
	size_t shown = 0;
	for (size_t i = 0; i < hours->date_count && shown < DATES_MAX; i++) {
		struct clock_civil date;
		if ((i > 0 && strcmp(hours->dates[i].date, hours->dates[i - 1].date) == 0) ||
		    !clock_parse_date(hours->dates[i].date, &date))
			continue;
		int64_t day = clock_days(date.year, date.month, date.day);
		if (day <= view_today(view) || day > view_today(view) + DATES_FAR)
			continue;
		if (shown++ == 0)
			add_line(table, (struct line){view_word(view, WORD_OTHER_HOURS), "", false, true});
		add_line(table, (struct line){view_day(view, view->language, day, LOCALE_DAY),
					      spans(view, openings, hours_of_day(hours, day, openings, HOURS_MAX)),
					      false, false});
	}
}

static void tint_draw(struct ui *ui, struct box tint)
{
	ui_round(ui, tint, TOKEN_RADIUS_KEY, ui_colour(ui, COLOUR_GREEN_TINT));
	if (ui_theme(ui)->high_contrast)
		ui_ring(ui, tint, TOKEN_RADIUS_KEY, TOKEN_BORDER_HIGH_CONTRAST, ui_colour(ui, COLOUR_LINE));
}

/* One line, only measured or drawn; the hours stand under the day where both do not fit beside each other. */
static float line_draw(struct column *column, struct box box, const struct line *line, bool draw)
{
	struct ui *ui = column->view->ui;
	struct ui_text day = column_style(column, line->heading ? TYPE_LABEL : TYPE_SUB, COLOUR_INK), time = day;
	day.bold = time.bold = line->today;
	time.align = ALIGN_END;
	float most = ui_text_width(ui, &time, line->hours) + 2, room = box.w - most - 24;
	bool beside = line->hours[0] && ui_text_width(ui, &day, line->day) <= room;
	bool wraps = line->hours[0] && !beside && room >= box.w * 0.45f;
	float wide = beside || wraps ? room : box.w;
	float first = ui_text_height(ui, wide, &day, line->day),
	      second = line->hours[0] ? ui_text_height(ui, box.w, &time, line->hours) : 0;
	float height = (beside || wraps ? fmaxf(first, second) : first + second) + 2 * LINE_PAD;
	if (!draw)
		return height;
	if (line->today)
		tint_draw(ui, (struct box){box.x - TINT_OUT, box.y, box.w + 2 * TINT_OUT, height});
	ui_text(ui, (struct box){box.x, box.y + LINE_PAD, wide, first}, &day, line->day);
	if (line->hours[0])
		ui_text(ui, (struct box){box.x, box.y + LINE_PAD + (beside || wraps ? 0 : first), box.w, second}, &time,
			line->hours);
	return height;
}

static float lines_draw(struct column *column, struct box box, const struct table *table, bool draw)
{
	float top = box.y;
	for (size_t i = 0; i < table->count; i++) {
		if (table->lines[i].heading)
			box.y += 16;
		box.y += line_draw(column, box, &table->lines[i], draw);
	}
	return box.y - top;
}

void opening_table(struct column *column, const struct hours *hours)
{
	struct view *view = column->view;
	struct ui *ui = view->ui;
	if (hours_at(hours, &view->local).kind == HOURS_UNKNOWN)
		return;
	struct table table = {0};
	add_week(&table, view, hours);
	add_dates(&table, view, hours);

	struct ui_text title = column_style(column, TYPE_H3, COLOUR_INK);
	title.title = true;
	const char *heading = view_word(view, WORD_OPENING_HOURS);
	struct box box = {column->x + PAD, column->y + CARD_TOP, column->w - 2 * PAD, 0};
	float start = ICON + ICON_GAP, high = ui_text_height(ui, box.w - start, &title, heading);
	float rest = lines_draw(column, box, &table, false);
	column_card(column, CARD_TOP + high + CARD_GAP + rest + CARD_LOW);
	ui_icon(ui, (struct box){box.x, box.y, ICON, theme_type(TYPE_H3, ui_text_size(ui)).line}, "clock", ICON,
		ui_colour(ui, COLOUR_INK));
	ui_text(ui, (struct box){box.x + start, box.y, box.w - start, high}, &title, heading);
	box.y += high + CARD_GAP;
	lines_draw(column, box, &table, true);
	column->y += CARD_TOP + high + CARD_GAP + rest + CARD_LOW;
}
