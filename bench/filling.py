"""The SQL that fills a database, a statement a step.

Ids lie as use scatters them: members of one community far apart, rounds in order of date. A member has answered
a run of rounds, up to the last one closed or, one in six, up to the one before, so that a freeze is spent.
"""

STEPS = (
    "CREATE TEMP TABLE seen (member INTEGER, c INTEGER, last INTEGER, answered INTEGER)",
    """
    INSERT INTO seen
    WITH RECURSIVE c(c) AS (SELECT 1 UNION ALL SELECT c + 1 FROM c WHERE c < :communities),
                   m(m) AS (SELECT 1 UNION ALL SELECT m + 1 FROM m WHERE m < :members),
                   dice AS (SELECT c, m, (c * 104729 + m * 7919) % 1009 AS n FROM m CROSS JOIN c)
    SELECT (m - 1) * :communities + c AS member, c, :closed - (n % 6 = 0) AS last, 1 + n % (:closed - 1) AS answered
    FROM dice
    """,
    "CREATE INDEX temp.seen_by_community ON seen (c, member)",
    "INSERT INTO question_versions SELECT id, version, body FROM bank ORDER BY id",
    """
    INSERT INTO communities (id, platform, external_id, board_shown)
    SELECT c, 'discord', printf('%d', c + 200000000000000000), 1 FROM seen GROUP BY c
    """,
    """
    INSERT INTO members (id, community_id, external_id, hidden)
    SELECT member, c, printf('%d', member + 100000000000000000), 0 FROM seen ORDER BY member
    """,
    """
    INSERT INTO tracks (id, community_id, place, local_time, zone, weekdays, topics, repeats, catch_up_seconds, state,
                        saved_by, next_local_date, next_due_at, next_seq, seed)
    SELECT c, c, printf('%d', c + 300000000000000000), '09:00',
           CASE c % 3 WHEN 0 THEN 'Europe/Berlin' WHEN 1 THEN 'Africa/Lagos' ELSE 'Europe/Paris' END,
           '0123456', '', 'again', 21600, 'running', printf('%d', c + 100000000000000000), :next_day, :next_at,
           :closed + 2, c
    FROM seen GROUP BY c
    """,
    """
    INSERT INTO rounds (id, track_id, local_date, due_at, state, place, seq, nth_in_week, question_id,
                        question_version, option_order, asked_before, excused, attempts, first_attempt_at,
                        message_ref, posted_at, closed_at, n_a, n_b, n_c, n_d, n_unsure)
    SELECT (seq - 1) * :communities + t.id, t.id, day, at, iif(seq > :closed, 'open', 'closed'), t.place, seq,
           min(seq, weekday), b.id, b.version, substr('abcdabc', 1 + (seq + t.id) % 4, 4), 0, 0, 1, at,
           printf('m%d', (seq - 1) * :communities + t.id), at, iif(seq > :closed, NULL, at + 86400), 0, 0, 0, 0, 0
    FROM days CROSS JOIN tracks t JOIN bank b ON b.n = (seq * 13 + t.id) % :bank
    """,
    """
    INSERT INTO answers
    WITH chosen AS (
        SELECT r.id AS round, s.member, r.option_order AS shown, b.key,
               iif((r.id * 31 + s.member * 7) % 10 < 6, b.key, substr('abcd', 1 + (r.id + s.member) % 4, 1)) AS option
        FROM rounds r CROSS JOIN bank b ON b.id = r.question_id
        CROSS JOIN seen s ON s.c = r.track_id AND r.seq BETWEEN s.last - s.answered + 1 AND s.last
        ORDER BY r.id, s.member
    )
    SELECT round, member, option, instr(shown, option) - 1, option = key FROM chosen
    """,
    """
    UPDATE rounds SET n_a = v.a, n_b = v.b, n_c = v.c, n_d = v.d
    FROM (SELECT round_id, sum(option_id = 'a') AS a, sum(option_id = 'b') AS b, sum(option_id = 'c') AS c,
                 sum(option_id = 'd') AS d FROM answers GROUP BY round_id) v
    WHERE v.round_id = rounds.id
    """,
    """
    INSERT INTO standings
    SELECT c, member, answered, answered, last, min(2, 1 + answered / 7), answered FROM seen
    WHERE answered > 0 ORDER BY c, member
    """,
    """
    INSERT INTO points
    SELECT r.track_id, d.week, a.member_id, sum(a.correct), count(*)
    FROM answers a JOIN rounds r ON r.id = a.round_id JOIN days d ON d.seq = r.seq GROUP BY 1, 2, 3
    """,
    """
    INSERT OR IGNORE INTO review
    SELECT a.member_id, r.question_id, 'wrong' FROM answers a JOIN rounds r ON r.id = a.round_id
    WHERE NOT a.correct ORDER BY 1, 2
    """,
)
