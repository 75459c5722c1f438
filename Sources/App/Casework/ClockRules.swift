import Foundation

extension RiskLevel {
    /// High, or medium with judgement: what the 48 hours are for (source rule R2; others step down to outreach).
    func startsClock(by bases: Set<RiskBasis>) -> Bool {
        self == .high || self == .medium && bases.contains(.judgement)
    }
}

/// What a new case's clock may run from.
struct ClockOrigin: Equatable, Sendable {
    let opened: Date
    /// When the contact that led to the case came in.
    var contactAt: Date?
    /// When the referral behind it was received, if whoever sent it had graded the risk as high.
    var gradedReferralAt: Date?
    /// The newest grade.
    var grade: (level: RiskLevel, bases: Set<RiskBasis>, at: Date)?

    static func == (a: ClockOrigin, b: ClockOrigin) -> Bool { a.opened == b.opened && a.start == b.start }

    /// When the 48 hours begin; nil while nothing is graded so that they run.
    ///
    /// From receipt for what came graded high; otherwise from the grade. A grade that is older than the contact (of an
    /// earlier case) counts from the contact.
    var start: Date? {
        if let gradedReferralAt { return gradedReferralAt }
        guard let grade, grade.level.startsClock(by: grade.bases) else { return nil }
        return max(grade.at, contactAt ?? opened)
    }
}
