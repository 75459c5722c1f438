import Foundation
import Pages

/// A role to give: which, where, and for how long. Both days count.
struct RoleForm: Equatable, Sendable {
    let role: Role
    let agency: UUID
    let startsOn: Day
    let endsOn: Day?

    /// Nil when something is wrong; `answers` then says what, in the order of the fields.
    /// `agencies` are the partnership's; an empty start is today.
    init?(_ answers: inout Answers, agencies: [AgencyChoice], today: Day) {
        let agency = UUID(uuidString: answers["agency"]).flatMap { id in agencies.first { $0.id == id } }
        if agency == nil { answers.refuse("agency", "Choose the agency") }
        let role = Role(rawValue: answers["role"])
        if role == nil { answers.refuse("role", "Choose the role") }
        let starts = answers.day("starts", name: "First day")
        if let starts, starts < today { answers.refuse("starts", "First day must be today or later") }
        let ends = answers.day("ends", name: "Last day")
        if let ends, ends < starts ?? today {
            answers.refuse("ends", starts == nil ? "Last day must be today or later"
                : "Last day must be the same as or after the first day")
        }
        guard let agency, let role, !answers.areRefused else { return nil }
        (self.role, self.agency, startsOn, endsOn) = (role, agency.id, starts ?? today, ends)
    }
}

/// A new colleague: who they are and the first role.
struct InviteForm: Equatable, Sendable {
    let name: String
    let email: String
    let role: RoleForm

    /// Nil when something is wrong; `answers` then says what, in the order of the fields.
    init?(_ answers: inout Answers, agencies: [AgencyChoice], today: Day) {
        let name = answers.fullName("name")
        let email = answers.email("email")
        guard let role = RoleForm(&answers, agencies: agencies, today: today), let name, let email else { return nil }
        (self.name, self.email, self.role) = (name, email, role)
    }
}

/// When a role stops: at the end of a day, or at once.
struct RoleEndForm: Equatable, Sendable {
    /// The last day on which the role gives rights; nil to end it now.
    let lastDay: Day?

    /// Nil when the day is none, or has passed, or is after the end that the role has already.
    init?(_ answers: inout Answers, of held: HeldRole, today: Day) {
        let day = answers.day("last", name: "Last day")
        if let day, day < today {
            answers.refuse("last", "Last day must be today or later. To end the role now, leave it empty")
        } else if let day, day < held.startsOn {
            answers.refuse("last", "Last day must be the same as or after the first day, \(held.startsOn)")
        } else if let day, let end = held.endsOn, day > end {
            answers.refuse("last", "Last day must be the same as or before the day it ends already, \(end)")
        }
        if answers.areRefused { return nil }
        lastDay = day
    }
}

/// How the administrator made sure who is asking, before replacing a password and an authenticator (T19).
enum IdentityCheck: String, Choice {
    case inPerson, byVideo, byManager
    var label: String {
        switch self {
        case .inPerson: "I met them in person"
        case .byVideo: "I saw them by video, and know them"
        case .byManager: "Their manager met them in person and asked me"
        }
    }
}

extension Answers {
    /// The longest name, in Unicode scalars, and e-mail address, in bytes.
    private static let longest = 200

    /// A person's name in any script; nil and refused when it is empty, too long or holds what no name does.
    mutating func fullName(_ field: String) -> String? {
        let name = self[field].split(whereSeparator: \.isWhitespace).joined(separator: " ")
        if name.isEmpty {
            refuse(field, "Enter their full name")
        } else if name.unicodeScalars.count > Self.longest {
            // Not characters as people count them: any number of marks can stand on one letter.
            refuse(field, "Full name must be \(Self.longest) characters or fewer")
        } else if !name.unicodeScalars.allSatisfy(Self.isInName) || !name.contains(where: \.isLetter) {
            refuse(field, "Full name must only include letters, spaces, hyphens, apostrophes, full stops and brackets")
        } else {
            return name
        }
        return nil
    }

    /// Letters and marks of any script (with the joiners that some scripts need), and what stands between them.
    private static func isInName(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .nonspacingMark,
            .spacingMark: true
        default: " -'.,()\u{2019}\u{2010}\u{200C}\u{200D}".unicodeScalars.contains(scalar)
        }
    }

    /// An e-mail address in small letters; nil and refused when it is none. Plain letters only: it is typed at every
    /// sign-in, and letters that look alike would let one address pass for another.
    mutating func email(_ field: String) -> String? {
        let typed = self[field].trimmingCharacters(in: .whitespacesAndNewlines)
        if typed.isEmpty {
            refuse(field, "Enter their email address")
        } else if typed.utf8.count > Self.longest {
            refuse(field, "Email address must be \(Self.longest) characters or fewer")
        } else if !Self.isEmail(typed) {
            refuse(field, "Enter an email address in the correct format, like name@example.org")
        } else {
            return typed.lowercased()
        }
        return nil
    }

    private static func isEmail(_ text: String) -> Bool {
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }) else { return false }
        let domain = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        let local = parts[0].split(separator: ".", omittingEmptySubsequences: false)
        let isLocal = { (c: Character) in c.isLetter || c.isNumber || "!#$%&'*+-/=?^_`{|}~".contains(c) }
        return local.allSatisfy { !$0.isEmpty && $0.allSatisfy(isLocal) }
            && domain.count >= 2 && domain.allSatisfy { label in
                !label.isEmpty && !label.hasPrefix("-") && !label.hasSuffix("-")
                    && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            }
    }
}
