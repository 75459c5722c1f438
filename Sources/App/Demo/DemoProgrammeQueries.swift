import Postgres

extension DemoTable {
    /// Where the rows of programmes, and of what passes across the wall, go.
    var programmeStatement: SQL {
        switch self {
        case .programme:
            """
            COPY app.programme (id, partnership_id, agency_id, kind, name, sessions, recorded_at, recorded_by)
            FROM STDIN
            """
        case .programmeGroup:
            """
            COPY app.programme_group (id, partnership_id, agency_id, programme_id, name, places, starts_on, recorded_at,
                recorded_by) FROM STDIN
            """
        case .programmePlace:
            """
            COPY app.programme_place (id, partnership_id, agency_id, case_id, person_id, programme_id, group_id, source,
                state, referred_on, checked_on, version, recorded_at, recorded_by) FROM STDIN
            """
        case .placeStep:
            """
            COPY app.place_step (place_id, partnership_id, agency_id, case_id, person_id, version, step, reasons,
                happened_on, group_id, words, recorded_at, recorded_by) FROM STDIN
            """
        case .programmeSession:
            """
            COPY app.programme_session (id, partnership_id, agency_id, group_id, place_id, case_id, person_id, held_at,
                topic, recorded_at, recorded_by) FROM STDIN
            """
        case .sessionAttendance:
            """
            COPY app.session_attendance (session_id, place_id, partnership_id, agency_id, case_id, person_id, version,
                state, words, recorded_at, recorded_by) FROM STDIN
            """
        case .wallNote:
            """
            COPY app.wall_note (id, partnership_id, place_id, harming_agency_id, harmed_agency_id, toward, kind, day,
                instruction, words, told_sealed, sent_at, sent_by) FROM STDIN
            """
        case .integratedSupport:
            """
            COPY app.integrated_support (id, partnership_id, agency_id, asked_id, case_id, person_id, elsewhere,
                worker_id, recorded_at, recorded_by) FROM STDIN
            """
        default:
            """
            COPY app.matac_score (id, partnership_id, agency_id, case_id, person_id, version, months, last_on,
                incidents, gravity, victims, points, score, standing, plan, words, review_on, recorded_at, recorded_by)
            FROM STDIN
            """
        }
    }
}
