import Foundation
import Pages

/// What became of the one file that a form may carry. Its name is never kept: only its bytes count.
enum Upload: Sendable, Equatable {
    /// The form came without one.
    case none
    case file([UInt8])
    case tooLarge
    /// More than one.
    case several
    /// Too many files are being taken at the moment.
    case crowded
    /// The words of an earlier try came back without the file that stood beside them.
    case lost
    /// The virus scanner found something.
    case harmful
    /// There is a virus scanner, and it gave no answer.
    case unchecked
    /// The virus scanner takes no files as large as this.
    case tooLargeToCheck

    /// The largest file.
    static let largest = 10 * 1024 * 1024
    /// The largest form with a file that is read to its end, so that what was typed beside a file that is too large
    /// can be given back. The reverse proxy stops a little above it.
    static let largestForm = 20 * 1024 * 1024
    /// What stands in the answers in place of a file, so that the page that comes back says that there was one.
    static let mark = "chosen"
}

extension Visit {
    /// The bytes of the form's file; nil when there is none, or when `answers` now say what is wrong with it.
    func file(_ field: String, in answers: inout Answers) -> [UInt8]? {
        switch upload {
        case .none: return nil
        case .file(let bytes):
            if bytes.isEmpty { answers.refuse(field, "The file is empty. Choose one that opens on your computer") }
            return bytes.isEmpty ? nil : bytes
        case .tooLarge: answers.refuse(field, "The file must be smaller than 10 MB")
        case .several: answers.refuse(field, "Choose one file only")
        case .crowded:
            answers.refuse(field, "Others are sending files at the moment. Choose the file again and try in a minute")
        case .lost: answers.refuse(field, "The file was not kept. Choose it again")
        case .harmful:
            answers.refuse(field, "The virus scanner found something harmful in the file, so it was not taken. "
                + "Don’t open or send it again. Tell your IT support, and ask the sender for a clean copy")
        case .unchecked:
            answers.refuse(field, "The file can’t be checked for viruses now, so it was not taken. "
                + "Choose it again and try in a few minutes, or go on without it")
        case .tooLargeToCheck:
            answers.refuse(field, "The file is too large for the virus scanner here, so it was not taken. "
                + "Choose a smaller one, or tell whoever runs this service")
        }
        return nil
    }

    /// The question for a file. No page can keep one: where there was one, it says so.
    func fileField(_ field: String, label: String, hint: String, accept: String, in answers: Answers) -> HTML {
        let again: HTML? = answers[field].isEmpty ? nil : GovUK.insetText(
            "The file that you chose is not kept on this page. Choose it again; everything else is as you typed it.")
        return "\(again)\(GovUK.fileUpload(field, label: label, hint: hint, accept: accept, in: answers))"
    }
}

extension Answers {
    /// What else is wrong sends the page back, and a browser drops the file: the summary says so too.
    mutating func askAgain(for field: String) {
        if areRefused, !self[field].isEmpty { refuse(field, "Choose the file again: a page can’t keep it") }
    }
}
