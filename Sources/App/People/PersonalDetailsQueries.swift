import Foundation
import Postgres

extension PersonalDetails {
    /// From a row of `app.person`.
    init(row: Row) throws {
        self.init(
            sex: try row["sex"], ethnicity: Ethnicity(rawValue: try row["ethnicity"]) ?? .notKnown,
            gender: try row["gender_identity"], genderWords: try row["gender_words"],
            orientation: try row["orientation"], religion: try row["religion"], disability: try row["disability"],
            impairment: try row["impairment"])
    }
}

extension Connection {
    /// Changes what was said, based on `version`; false when somebody else changed the person meanwhile.
    func changeDetails(of person: UUID, _ details: PersonalDetails, basedOn version: Int) throws -> Bool {
        try run("""
            UPDATE app.person SET sex = \(details.sex), ethnicity = \(details.ethnicity),
                gender_identity = \(details.gender), gender_words = \(details.genderWords),
                orientation = \(details.orientation), religion = \(details.religion),
                disability = \(details.disability), impairment = \(details.impairment), version = version + 1
            WHERE id = \(person) AND version = \(version)
            """) == 1
    }

    /// A task to ask what nobody has asked yet, due by the first review. Nothing waits for it.
    func askDetailsLater(of person: Person, for caseID: UUID, owner: UUID?, _ visit: Visit) throws {
        if person.details.stillToAsk(age: person.birth.age(on: visit.today)) == 0 || person.detailsDue != nil { return }
        try startTask(NewTask(
            kind: .askDetails, agency: person.agency, caseID: caseID, person: person.id, owner: owner,
            due: visit.now.addingTimeInterval(ReviewClock.days * 86_400)), visit)
    }

    /// Everything has been asked.
    func finishAskingDetails(of person: UUID, _ visit: Visit) throws {
        try run("""
            UPDATE app.task SET done_at = \(visit.now), done_by = \(visit.viewer.account)
            WHERE person_id = \(person) AND kind = 'askDetails' AND done_at IS NULL
            """)
    }
}

/// Reviews are held about every three months.
enum ReviewClock {
    static let days = 84.0
}
