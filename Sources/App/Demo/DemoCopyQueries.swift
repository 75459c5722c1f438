import Postgres

/// What didn't fit beside the others.
extension DemoTable {
    static let riskTasks: SQL = """
        COPY app.task (id, partnership_id, agency_id, person_id, kind, detail, owner_id, started_at, due_at, done_at)
        FROM STDIN
        """
    static let transfers: SQL = """
        COPY app.case_transfer (id, partnership_id, agency_id, case_id, person_id, kind, to_agency_id, to_account_id,
            told_sealed, risk, purpose, basis, necessity, asked, consent_id, tail_days, due_at, proposed_at,
            proposed_by, outcome, answered_at, answered_by, worker_id, new_case_id, tail_ends_at) FROM STDIN
        """
    static let transferTasks: SQL = """
        COPY app.task (id, partnership_id, agency_id, transfer_id, kind, detail, owner_id, started_at, due_at)
        FROM STDIN
        """
    static let childEntries: SQL = """
        COPY app.child_entry (id, partnership_id, agency_id, person_id, kind, word, day, adult_id, basis, order_id,
            account_id, protected, body_sealed, recorded_at, recorded_by) FROM STDIN
        """

    static let childRequests: SQL = """
        COPY app.child_request (id, partnership_id, agency_id, person_id, asker, asker_name, reply_to, about, what,
            received_on, due_on, recorded_at, recorded_by, outcome, entitled, child_view, reason, decided_at,
            decided_by) FROM STDIN
        """

    /// The statements of the tables of the register.
    var registerStatement: SQL {
        switch self {
        case .processingRecord:
            """
            COPY app.processing_record (partnership_id, record_type, version, valid_from, control, controllers,
                arrangement, arranged_on, purpose, people, data, bases, conditions, criminal, recipients, retention,
                security, recorded_at, recorded_by) FROM STDIN
            """
        case .impactAssessment:
            """
            COPY app.impact_assessment (assessment_id, partnership_id, version, title, covers, risks, measures,
                outcome, signed_by, signed_on, review_on, recorded_at, recorded_by) FROM STDIN
            """
        case .privacyNotice:
            """
            COPY app.privacy_notice (partnership_id, audience, version, valid_from, body, recorded_at, recorded_by)
            FROM STDIN
            """
        case .dataMatter:
            """
            COPY app.data_matter (id, partnership_id, agency_id, subject_id, kind, since, told_sealed, step, steps,
                due_at, ended_at, recorded_at, recorded_by) FROM STDIN
            """
        default:
            """
            COPY app.data_matter_step (matter_id, partnership_id, agency_id, kind, subject_id, number, step,
                happened_at, reference, facts, words_sealed, recorded_at, recorded_by) FROM STDIN
            """
        }
    }

    static let orderBreaches: SQL = """
        COPY app.order_breach (id, partnership_id, agency_id, case_id, person_id, order_id, happened_on, what, report,
            recorded_at, recorded_by) FROM STDIN
        """

    static let riskEvents: SQL = """
        COPY app.risk_event (id, partnership_id, agency_id, person_id, kind, day, words, order_id, proposes_on,
            due_at, recorded_at, recorded_by, settled, settled_at, settled_by, reason) FROM STDIN
        """

    static let workingTimes: SQL = """
        COPY app.working_time (id, partnership_id, agency_id, account_id, hundredths, from_day, set_at, set_by)
        FROM STDIN
        """

    static let samePeople: SQL = """
        COPY app.same_person (id, partnership_id, agency_id, first_id, second_id, agrees, words, proposed_at,
            proposed_by, confirmed_at, confirmed_by, ended_at, ended_by, ended_because, ended_words) FROM STDIN
        """

    static let letters: SQL = """
        COPY app.letter (id, partnership_id, agency_id, case_id, person_id, template, addressee, to_whom, body,
            recorded_at, recorded_by, released_at, released_by, way, released_body, agreed_on) FROM STDIN
        """

    static let letterWordings: SQL = """
        COPY app.letter_wording (id, partnership_id, agency_id, template_id, version, title, addressee, body, is_used,
            written_at, written_by) FROM STDIN
        """

    static let riskAssessments: SQL = """
        COPY app.risk_assessment (id, partnership_id, agency_id, person_id, case_id, contact_id, instrument,
            answers, yes_count, open_count, threshold, national_threshold, level, bases, rationale,
            assessed_at, assessed_by, lowers, assessor, received_day) FROM STDIN
        """

    static let policeIncidents: SQL = """
        COPY app.police_incident (id, partnership_id, agency_id, person_id, happened_on, reference, told_by,
            recorded_at, recorded_by) FROM STDIN
        """
}

extension Connection {
    /// What is filled.
    static let filled: SQL = """
        app.partnership, app.area, app.risk_threshold, app.agency, app.agency_key, app.account,
        app.role_assignment, app.rota_entry, app.working_time, app.interest, app.interest_match, app.interest_block,
        app.person, app.person_name, app.person_key, app.person_phone, app.person_address, app.safe_contact,
        app.relationship, app.child_tie, app.risk_direction, app.same_person, app.household, app.household_member,
        app.contact, app.case_record, app.case_team, app.consent, app.disclosure, app.case_share, app.case_transfer,
        app.risk_assessment, app.attachment, app.risk_confirmation, app.police_incident, app.marac_decision,
        app.case_note, app.task, app.timeline_event, app.case_counter, app.referral, app.handover, app.safety_plan,
        app.need, app.need_change, app.intervention, app.legal_order, app.legal_order_change, app.order_breach,
        app.child_entry, app.child_request, app.risk_event, app.letter_wording, app.letter, app.contact_attempt,
        app.accommodation_service,
        app.housing_unit, app.unit_location, app.unit_time, app.unit_stay, app.housing_enquiry, app.figure_return,
        app.figure_release, app.figure_record, app.data_specification, app.data_call, app.data_asked, app.data_return,
        app.data_part, app.data_row,
        app.housing_request, app.housing_offer, app.stay_support, app.stay_service, app.stay_review,
        app.sanctuary, app.sanctuary_step, app.sanctuary_item, app.unit_posting, app.housing_travel, app.landlord,
        app.reciprocal,
        app.programme, app.programme_group, app.programme_place, app.place_step, app.programme_session,
        app.session_attendance, app.wall_note,
        app.integrated_support, app.matac_score, app.outcome_set, app.marac_referral, app.legal_matter,
        app.matter_entry, app.processing_record, app.impact_assessment, app.privacy_notice, app.data_matter,
        app.data_matter_step, app.pack, app.pack_item
        """
}
