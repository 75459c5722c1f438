import Foundation
import Pages

/// What was told, as it was typed. Nothing is refused for being wrong: what can't be read is kept and explained.
struct ReferralTold: Codable, Equatable, Sendable {
    var given = ""
    var family = ""
    /// As typed, so that "about 1987" is not lost.
    var born = ""
    var phone = ""
    var email = ""
    var postcode = ""
    /// How, when, and who must not learn of it, in the teller's words; empty is "not asked".
    var safeContact = ""
    var mustNotKnow = ""
    var harming = ""
    var children = ""
    var reason = ""
    var tool = ""
    var score = ""
    var grade = ""
    var tellerName = ""
    var tellerReach = ""
    /// What could not be read, in plain words.
    var problems: [String] = []

    var name: String { [given, family].filter { !$0.isEmpty }.joined(separator: " ") }

    /// The date of birth where it can be read: 27 3 1987, 27/03/1987, 1987-03-27, 27 March 1987.
    var bornDay: Day? { ReferralTold.day(born) }

    /// Nothing told yet.
    init() {}

    /// Nil only when nothing at all was told, or a field is longer than any form needs.
    init?(_ answers: inout Answers, today: Day) {
        func text(_ field: String, _ most: Int, _ name: String) -> String {
            answers.text(field, most: most, name: name)
        }
        given = text("given-name", 200, "First name")
        family = text("family-name", 200, "Last name")
        born = text("born", 100, "Date of birth")
        phone = text("phone", 100, "Telephone number")
        email = text("email", 320, "Email address")
        postcode = text("postcode", 50, "Postcode")
        safeContact = text("safe-contact", 2_000, "How they may be contacted")
        mustNotKnow = text("must-not-know", 500, "Who must not know")
        harming = text("harming", 500, "Who is harming them")
        children = text("children", 1_000, "Children")
        reason = text("reason", 10_000, "What is happening")
        tool = text("tool", 50, "Risk tool")
        score = text("score", 50, "Score")
        grade = text("grade", 50, "Grade")
        tellerName = text("teller-name", 200, "Your name")
        tellerReach = text("teller-reach", 320, "How we can reach you")
        guard answers.errors.isEmpty else { return nil }
        if [given, family, phone, email, reason, safeContact].allSatisfy(\.isEmpty) {
            answers.refuse("reason", "Write a few words: who it is about, or what is happening")
            return nil
        }
        problems = unreadable(today)
    }

    private func unreadable(_ today: Day) -> [String] {
        var found: [String] = []
        if given.isEmpty, family.isEmpty { found.append("No name was given") }
        if !born.isEmpty {
            if let day = bornDay {
                if day > today { found.append("The date of birth is in the future: \(born)") }
            } else {
                found.append("The date of birth could not be read: \(born)")
            }
        }
        if !phone.isEmpty, phone.filter(\.isNumber).count < 10 {
            found.append("The telephone number is too short: \(phone)")
        }
        if !email.isEmpty, !email.contains("@") { found.append("The email address has no @: \(email)") }
        if !postcode.isEmpty, postcode.filter({ $0.isLetter || $0.isNumber }).count < 5 {
            found.append("The postcode is not whole: \(postcode)")
        }
        if !score.isEmpty, Int(score) == nil { found.append("The score is not a number: \(score)") }
        if safeContact.isEmpty {
            found.append("How they may be contacted safely was not asked: a first safe call only")
        }
        return found
    }

    static func day(_ typed: String) -> Day? {
        let parts = typed.split { !$0.isLetter && !$0.isNumber }.map(String.init)
        guard parts.count == 3 else { return nil }
        let isYearFirst = parts[0].count == 4
        let (first, second, third) = isYearFirst ? (parts[2], parts[1], parts[0]) : (parts[0], parts[1], parts[2])
        let month = Int(second)
            ?? Day.months.firstIndex { $0.lowercased().hasPrefix(second.lowercased()) && second.count > 2 }
            .map { $0 + 1 }
        guard let day = Int(first), let month, let year = Int(third), year > 1_850 else { return nil }
        return Day(year: year, month: month, day: day)
    }

    /// The rows of a page that shows it, empty ones left out.
    var rows: [(String, String)] {
        [
            ("Name", name), ("Date of birth", born), ("Telephone", phone), ("Email", email), ("Postcode", postcode),
            ("How to contact safely", safeContact.isEmpty ? "Not asked" : safeContact),
            ("Must not learn of it", mustNotKnow),
            ("Who is harming them", harming), ("Children", children), ("What is happening", reason),
            ("Risk tool", tool), ("Score", score), ("Grade", grade), ("Told by", tellerName),
            ("How to reach whoever told us", tellerReach),
        ].filter { !$0.1.isEmpty }
    }

    /// The same words as answers of a form or a search.
    var personAnswers: Answers {
        var answers = Answers()
        answers.set("given-name", given)
        answers.set("family-name", family)
        answers.set("phone", phone)
        answers.set("postcode", postcode)
        if let day = bornDay {
            answers.setDay("birth", day)
        }
        return answers
    }
}
