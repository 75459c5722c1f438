import Foundation
import Postgres

extension Connection {
    /// Takes a referral that nobody has; false when a colleague was quicker.
    func takeReferral(_ referral: Referral, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.referral SET owner_id = \(visit.viewer.account), taken_at = \(visit.now), quarantined = false,
                version = version + 1
            WHERE id = \(referral.id) AND owner_id IS NULL AND outcome IS NULL AND agency_id = \(referral.agency)
            """) == 1
    }

    /// Ties a referral to the contact that was made from it.
    func linkReferral(_ id: UUID, contact: UUID) throws {
        try run("UPDATE app.referral SET contact_id = \(contact), version = version + 1 WHERE id = \(id)")
    }

    /// Answers a referral, based on `version`; false when somebody else changed it meanwhile.
    func answerReferral(_ referral: Referral, _ form: ReferralAnswerForm, _ visit: Visit) throws -> Bool {
        try run("""
            UPDATE app.referral SET outcome = \(form.outcome), decline_reason = \(form.declineReason),
                declined_by = \(form.declinedBy), outcome_words = \(form.words), outcome_at = \(visit.now),
                outcome_by = \(visit.viewer.account), version = version + 1
            WHERE id = \(referral.id) AND version = \(form.version) AND outcome IS NULL
              AND agency_id = \(referral.agency)
            """) == 1
    }

    /// The case that was opened is the answer to the referral behind its contact; how many were answered.
    func answerReferrals(ofContact contact: UUID, case opened: UUID, person: UUID, _ visit: Visit) throws -> [UUID] {
        try all("""
            UPDATE app.referral SET outcome = 'caseOpened', outcome_at = \(visit.now),
                outcome_by = \(visit.viewer.account),
                case_id = \(opened), person_id = \(person), owner_id = coalesce(owner_id, \(visit.viewer.account)),
                quarantined = false, version = version + 1
            WHERE contact_id = \(contact) AND direction = 'in' AND outcome IS NULL RETURNING id
            """) { try $0["id"] }
    }

    /// Ends all that one sender put into quarantine; how many.
    func discardCrowd(like one: UUID, _ visit: Visit) throws -> Int {
        try run("""
            UPDATE app.referral SET outcome = 'notGenuine', outcome_at = \(visit.now),
                outcome_by = \(visit.viewer.account),
                version = version + 1
            WHERE agency_id = ANY (\(visit.viewer.agencies(.handleReferrals))::uuid[]) AND outcome IS NULL
              AND quarantined
              AND sender_bucket = (SELECT sender_bucket FROM app.referral WHERE id = \(one))
            """)
    }
}
