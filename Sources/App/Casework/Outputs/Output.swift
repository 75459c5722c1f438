import Foundation

/// The ten rows of the outputs table of 2016/17 (report to scrutiny, source document 002), with what each one counts.
enum Output: String, CaseIterable, Sendable {
    case helpline, assessments, safetyPlans, opened, closed, telephone, faceToFace, multiAgency, court, changingLives

    /// As the document names it.
    var label: String {
        switch self {
        case .helpline: "Helpline calls"
        case .assessments: "Assessments completed"
        case .safetyPlans: "Safety plans completed"
        case .opened: "Open cases"
        case .closed: "Closed cases"
        case .telephone: "Telephone contacts"
        case .faceToFace: "Face-to-face meetings with clients"
        case .multiAgency: "Multi-agency meetings"
        case .court: "Court attendances"
        case .changingLives: "People who meet the “Changing Lives” definition"
        }
    }

    /// The numerator, in words. All are counts of events, so that the quarters add up to the year.
    var definition: String {
        switch self {
        case .helpline:
            "Contacts on the helpline, by when the call was made. Silent calls and wrong numbers are calls too; other "
                + "channels are not."
        case .assessments:
            "Risk assessments made here, with any tool, by when they were made. A second one of a person counts; one "
                + "that was received does not."
        case .opened: "Cases opened, by when they were opened. A second case of a person counts."
        case .closed: "Cases closed, by when they were closed."
        case .telephone:
            "Telephone calls at which somebody was spoken with about a case. Attempts without contact don’t count."
        case .faceToFace: "Meetings in person at which somebody was spoken with about a case."
        case .safetyPlans, .multiAgency, .court, .changingLives:
            "This version does not record it yet. That is not a nought: nobody can say from here how many there were."
        }
    }

    /// What is not recorded is never shown as a number.
    var isRecorded: Bool {
        switch self {
        case .safetyPlans, .multiAgency, .court, .changingLives: false
        case .helpline, .assessments, .opened, .closed, .telephone, .faceToFace: true
        }
    }

    /// The rows that the small chart shows: at most four, each labelled.
    static let charted: [Output] = [.helpline, .assessments, .opened, .closed]
}

/// How much was done in one period.
struct OutputColumn: Sendable {
    let title: String
    let period: Period
    let amounts: [Output: Int]

    /// Nil: not recorded.
    func amount(_ output: Output) -> Int? { output.isRecorded ? amounts[output] ?? 0 : nil }
}

/// One of the things counted.
struct OutputRow: Sendable {
    let id: UUID
    let at: Date
    let words: String
    let href: String
}
