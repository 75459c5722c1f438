import Foundation
import Pages

/// Whether whoever is referred was told, and agreed.
enum MaracTold: String, Choice {
    case agreed, disagreed, notTold
    var label: String {
        switch self {
        case .agreed: "Told, and agreed"
        case .disagreed: "Told, and did not agree"
        case .notTold: "Not told"
        }
    }
}

/// Why a referral to MARAC may be shared (the bases of a referral, but for "not asked").
enum MaracBasis: String, Choice {
    case consent, vitalInterests, safeguarding, legalObligation
    var label: String { ReferralBasis(rawValue: rawValue)?.label ?? rawValue }
}

/// The repeat check: any abuse between the same people within twelve months of the last referral is a repeat
/// (SafeLives, current definition; domain.md 14).
struct MaracRepeat: Equatable, Sendable {
    /// The day of the last referral within twelve months; nil: there is none on record.
    let last: Day?

    static let months = 12

    init(last: Day?, today: Day) {
        self.last = last.flatMap { $0 > today.months(ahead: -Self.months) ? $0 : nil }
    }

    var isRepeat: Bool { last != nil }
    var words: String {
        last.map { "Last referred on \($0), within \(Self.months) months: this is a repeat." }
            ?? "No referral within \(Self.months) months is on record: this is a first one, or new after that time."
    }
}

/// What only the referrer can say. The rest of the paper comes from the record.
struct MaracReferralForm: Equatable, Sendable {
    let isRepeat: Bool
    let repeatBecause: String
    let meetsOn: Day?
    let told: MaracTold
    let toldBecause: String
    let basis: MaracBasis
    let reason: String
    let wants: String
    let afraidOf: String
    let safeWith: String
    let unsafeWith: String
    let schools: String
    let elsewhere: String

    /// How far ahead a meeting may be, in days: MARACs meet every month or fortnight.
    static let farthest = 92

    init?(_ answers: inout Answers, _ check: MaracRepeat, today: Day) {
        let said = answers["repeat"]
        if said != "yes", said != "no" { answers.refuse("repeat", "Select whether it is a repeat") }
        isRepeat = said == "yes"
        repeatBecause = answers.text("repeat-because", most: 500, name: "Why it differs")
        if ["yes", "no"].contains(said), isRepeat != check.isRepeat, repeatBecause.isEmpty {
            answers.refuse("repeat-because", "Enter why it differs from what is on record")
        }
        meetsOn = answers.day("meets", name: "Meeting")
        if let meetsOn, meetsOn < today || meetsOn > today.adding(Self.farthest) {
            answers.refuse("meets", "Meeting must be within the next three months")
        }
        let told = MaracTold.required("told", "Select whether they were told", in: &answers)
        toldBecause = answers.text("told-because", most: 1_000, name: "Why")
        if let told, told != .agreed, toldBecause.isEmpty {
            answers.refuse("told-because", "Enter why they were not told, or what they said")
        }
        let basis = MaracBasis.required("basis", "Select why you may share this", in: &answers)
        if basis == .consent, let told, told != .agreed {
            answers.refuse("basis", "They did not agree: select another reason for sharing")
        }
        reason = answers.text("reason", most: 4_000, name: "Why they are referred")
        if reason.isEmpty { answers.refuse("reason", "Enter why they are referred now") }
        wants = answers.text("wants", most: 1_000, name: "What they want")
        afraidOf = answers.text("afraid-of", most: 500, name: "Who they are afraid of")
        safeWith = answers.text("safe-with", most: 500, name: "Who it is safe to talk to")
        unsafeWith = answers.text("unsafe-with", most: 500, name: "Who it is not safe to talk to")
        schools = answers.text("schools", most: 500, name: "Schools")
        elsewhere = answers.text("elsewhere", most: 500, name: "Other MARACs")
        guard let told, let basis, answers.errors.isEmpty else { return nil }
        (self.told, self.basis) = (told, basis)
    }

    init(
        isRepeat: Bool, repeatBecause: String, meetsOn: Day?, told: MaracTold, toldBecause: String, basis: MaracBasis,
        reason: String, wants: String, afraidOf: String, safeWith: String, unsafeWith: String, schools: String,
        elsewhere: String
    ) {
        (self.isRepeat, self.repeatBecause, self.meetsOn, self.told) = (isRepeat, repeatBecause, meetsOn, told)
        (self.toldBecause, self.basis, self.reason, self.wants) = (toldBecause, basis, reason, wants)
        (self.afraidOf, self.safeWith, self.unsafeWith) = (afraidOf, safeWith, unsafeWith)
        (self.schools, self.elsewhere) = (schools, elsewhere)
    }
}

/// A referral as it was written. Never changed; what was a mistake is withdrawn, and another written.
struct MaracReferral: Sendable {
    /// The case as the paper names it.
    struct OfCase: Sendable {
        let id: UUID
        let agency: UUID
        let agencyName: String
        let reference: String
        let person: UUID
        let worker: String?
    }

    let id: UUID
    let of: OfCase
    let said: MaracReferralForm
    let lastOn: Day?
    let writtenAt: Date
    let by: String
    let withdrawal: Withdrawal?
    /// The case's orders when it is read.
    let orders: OrdersInBrief

    /// By when they are told back what came of it: the working day after the meeting, or four weeks after the referral
    /// while nobody knows when it meets.
    static func tellBackDue(meets: Day?, today: Day) -> Day {
        meets.map { WorkingDays.after($0) } ?? today.adding(28)
    }
}
