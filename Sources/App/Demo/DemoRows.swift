import Foundation
import Postgres

/// The tables that are filled, each by COPY, in an order in which nothing refers to what is not there yet.
///
/// Contacts come twice: those that open a case before the cases, those that a case receives later after them.
enum DemoTable: Int, CaseIterable, Sendable {
    case partnership, area, riskThreshold, agency, agencyKey, account, roleAssignment, rotaEntry, lookupAgreement
    case workingTime, letterWording
    case person, personName, personKey, personPhone, personAddress, safeContact, relationship, childTie, riskDirection
    case samePerson, household, householdMember
    case contact, caseRecord, caseClosing, closingDecision, laterContact, caseTeam, consent, disclosure, caseShare
    case riskAssessment, contactAttempt, caseNote, task, timelineEvent
    case attachment, riskConfirmation, policeIncident, maracDecision, riskTask
    case caseCounter, referral, handover, safetyPlan, need, needChange, intervention
    case legalOrder, legalOrderChange, orderBreach, riskEvent, interest
    case letter, caseTransfer, transferTask
    case childEntry, childRequest
    case accommodationService, housingUnit, unitLocation, unitTime, unitStay, housingEnquiry, unitPosting
    case staySupport, stayService, stayReview
    case housingRequest, housingOffer, unitHold, housingTravel
    case sanctuary, sanctuaryStep, sanctuaryItem, landlord, reciprocal, housingTask
    case programme, programmeGroup, programmePlace, placeStep, programmeSession, sessionAttendance
    case wallNote, integratedSupport, matacScore
    case outcomeSet, maracReferral, legalMatter, matterEntry, matterTask
    case processingRecord, impactAssessment, privacyNotice, dataMatter, dataMatterStep
    case legalHold, retentionRule, pack, packItem
}

/// Rows of one table in COPY's text format: a line a row, a tab between columns, `\N` for NULL.
struct DemoRows: Sendable {
    /// The lines.
    private(set) var bytes: [UInt8] = []
    /// How many lines.
    private(set) var count = 0

    /// Adds one row; nil is NULL.
    mutating func add(_ cells: (any DemoCell)?...) {
        for (index, cell) in cells.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: "\t")) }
            if let cell {
                cell.writeCell(to: &bytes)
            } else {
                bytes.append(UInt8(ascii: "\\"))
                bytes.append(UInt8(ascii: "N"))
            }
        }
        bytes.append(UInt8(ascii: "\n"))
        count += 1
    }
}

/// A value as COPY's text format writes it.
protocol DemoCell: Sendable {
    /// Appends the text, escaped.
    func writeCell(to bytes: inout [UInt8])
}

extension String: DemoCell {
    func writeCell(to bytes: inout [UInt8]) {
        for byte in utf8 {
            switch byte {
            case UInt8(ascii: "\\"): bytes.append(contentsOf: [byte, byte])
            case UInt8(ascii: "\n"): bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "n")])
            case UInt8(ascii: "\t"): bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "t")])
            case UInt8(ascii: "\r"): bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "r")])
            default: bytes.append(byte)
            }
        }
    }
}

extension Int: DemoCell {
    func writeCell(to bytes: inout [UInt8]) { bytes.append(contentsOf: String(self).utf8) }
}

extension Bool: DemoCell {
    func writeCell(to bytes: inout [UInt8]) { bytes.append(UInt8(ascii: self ? "t" : "f")) }
}

extension UUID: DemoCell {
    func writeCell(to bytes: inout [UInt8]) {
        withUnsafeBytes(of: uuid) { raw in
            for (index, byte) in raw.enumerated() {
                if index == 4 || index == 6 || index == 8 || index == 10 { bytes.append(UInt8(ascii: "-")) }
                hexadecimal(byte, to: &bytes)
            }
        }
    }
}

extension Data: DemoCell {
    /// `bytea` in hexadecimal; the backslash is doubled for COPY.
    func writeCell(to bytes: inout [UInt8]) {
        bytes.append(contentsOf: [UInt8(ascii: "\\"), UInt8(ascii: "\\"), UInt8(ascii: "x")])
        for byte in self { hexadecimal(byte, to: &bytes) }
    }
}

extension DemoDay: DemoCell {
    func writeCell(to bytes: inout [UInt8]) {
        let (year, month, day) = civil
        decimal(year / 100, to: &bytes)
        decimal(year % 100, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        decimal(month, to: &bytes)
        bytes.append(UInt8(ascii: "-"))
        decimal(day, to: &bytes)
    }
}

extension DemoMoment: DemoCell {
    func writeCell(to bytes: inout [UInt8]) {
        DemoDay(number: seconds / 86_400).writeCell(to: &bytes)
        let rest = seconds % 86_400
        bytes.append(UInt8(ascii: " "))
        decimal(rest / 3_600, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        decimal(rest / 60 % 60, to: &bytes)
        bytes.append(UInt8(ascii: ":"))
        decimal(rest % 60, to: &bytes)
        bytes.append(contentsOf: [UInt8(ascii: "+"), UInt8(ascii: "0"), UInt8(ascii: "0")])
    }
}

private func hexadecimal(_ byte: UInt8, to bytes: inout [UInt8]) {
    bytes.append(Hex.digit(byte >> 4))
    bytes.append(Hex.digit(byte & 15))
}

/// Two digits.
private func decimal(_ number: Int, to bytes: inout [UInt8]) {
    bytes.append(UInt8(48 + number / 10 % 10))
    bytes.append(UInt8(48 + number % 10))
}
