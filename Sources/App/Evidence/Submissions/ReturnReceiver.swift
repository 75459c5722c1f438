import Foundation
import Linkage
import Pages
import Postgres

/// Takes what an agency sends as it comes: tells what it is from its first bytes, seals it piece by piece, and has it
/// read once it is whole. A megabyte or two of it is in memory at a time.
actor ReturnReceiver: FileTaker {
    private let visit: Visit
    private let sending: DataSending
    private let form: ReturnForm?
    private var answers: Answers
    private let id = UUID()
    private var location: String
    /// Nothing more is kept: what was typed is wrong, the file is none, or it was sent before.
    private var isDone: Bool

    private var first: [UInt8] = []
    /// A workbook, which is read when it is whole.
    private var book: [UInt8]?
    private var vault: ReturnVault?
    private var pieces = FilePieces()
    private var encoded: EncodedFileCheck?
    private var waiting: [UInt8] = []
    private var parts = 0
    private var bytes = 0
    private var problem: FileProblem?

    /// Bytes that one agency may keep for one call: eight of the largest files.
    private static let mostOfCall = 8 * DataLimits.bytes
    /// How often it may send, whatever became of it: the database numbers a thousand, and colleagues may send at once.
    private static let mostReturns = 900

    init(_ visit: Visit, _ sending: DataSending) {
        var answers = visit.typed
        form = ReturnForm(&answers, isHealth: sending.agency.isHealth)
        if case .crowded = visit.upload {
            answers.refuse(ReturnForm.file, "Others are sending files at the moment. Try again in a minute")
        }
        if let much = Self.muchSent(sending.standing.returns) {
            answers.refuse(ReturnForm.file, "Your agency has sent \(much) for this call already. Ask whoever asks for "
                + "the data how to go on")
        }
        (self.visit, self.sending, self.answers) = (visit, sending, answers)
        isDone = answers.areRefused
        location = "/team/data/returns/\(id.column)"
    }

    /// What an agency has too much of to send more for one call; nil while it may.
    private static func muchSent(_ returns: [DataReturn]) -> String? {
        if returns.count >= mostReturns { return "\(mostReturns) files" }
        let kept = returns.filter { $0.deletedAt == nil && $0.state != .refused }
        return kept.reduce(0) { $0 + $1.bytes } > mostOfCall ? "more than 4 GB" : nil
    }

    func take(_ more: [UInt8]) async throws {
        bytes += more.count
        if isDone { return }
        if book != nil { return addToBook(more) }
        if vault == nil {
            first += more
            guard first.count >= 4_096 else { return }
            if first.starts(with: FileProblem.packed) { return addToBook(first) }
            try await begin()
            return
        }
        try await keep(more, isLast: false)
    }

    func finish(_ end: FileEnd) async throws -> Reply {
        if vault == nil, !isDone, end == .whole {
            if book == nil, first.starts(with: FileProblem.packed) { addToBook(first) }
            if book != nil { try await readBook() } else { try await begin() }
        }
        guard end == .whole else {
            if vault != nil, !isDone { try await refuse(end == .tooLarge ? .tooLarge : .stopped) }
            answers.refuse(ReturnForm.file, Self.words(end))
            answers.askAgain(for: ReturnForm.file)
            // The key is spent on what was refused.
            answers.set("submission", "")
            return .invalid(sendDataPage(sending, answers, visit))
        }
        if answers.areRefused {
            if answers.error(for: ReturnForm.file) == nil {
                answers.refuse(ReturnForm.file, "Choose the file again: a page can’t keep it")
            }
            return .invalid(sendDataPage(sending, answers, visit))
        }
        guard !isDone else { return .seeOther(location) }
        try await keep([], isLast: true)
        guard !isDone else { return .seeOther(location) }
        try await settle()
        return .seeOther(location)
    }

    private static func words(_ end: FileEnd) -> String {
        switch end {
        case .tooLarge: "\(FileProblem.tooLarge.words). Or send a shorter period"
        case .several: "Choose one file only"
        case .whole, .none: "Choose the file"
        }
    }

    private var place: DataReturnPlace {
        DataReturnPlace(
            id: id, call: sending.call.id, agency: sending.agency.id, isEncoded: encoded != nil,
            keepUntil: sending.call.keepUntil)
    }

    private func addToBook(_ more: [UInt8]) {
        book = (book ?? []) + more
        guard bytes > WorkbookReader.most else { return }
        giveUp(.largeWorkbook)
    }

    /// Nothing of it is on record.
    private func giveUp(_ problem: FileProblem) {
        answers.refuse(ReturnForm.file, problem.words)
        (isDone, book) = (true, nil)
    }

    /// The sheet of a workbook comes as a file of text would have.
    private func readBook() async throws {
        guard sending.call.kind != .encoded else { return giveUp(.notEncoded) }
        let services = visit.services
        guard let room = await services.books.enter(visit.viewer.account) else { return giveUp(.unreadWorkbook) }
        defer { room.leave() }
        let sheet: [UInt8]
        do throws(FileProblem) { sheet = try await services.workbooks.sheet(of: book ?? []) } catch {
            return giveUp(error)
        }
        book = nil
        bytes = sheet.count
        first = Array(sheet.prefix(FilePieces.size))
        try await begin()
        for start in stride(from: FilePieces.size, to: sheet.count, by: FilePieces.size) where !isDone {
            try await keep(Array(sheet[start..<min(start + FilePieces.size, sheet.count)]), isLast: false)
        }
    }

    /// What it is, and the first of its bytes on record.
    private func begin() async throws {
        guard let form else { return }
        let isEncoded = EncodedFileCheck.isBegun(by: first)
        if !isEncoded {
            if let problem = FileProblem.sniff(first) ?? (sending.call.kind == .encoded ? .notEncoded : nil) {
                answers.refuse(ReturnForm.file, problem.words)
                isDone = true
                return
            }
        }
        if isEncoded { encoded = EncodedFileCheck() }
        let (place, visit) = (place, visit)
        let (leads, made) = try await visit.write { db in
            let (vault, wrapped) = try ReturnVault.make(place, db, visit)
            func start(_ db: isolated Connection) throws {
                try db.dropBrokenOff(place, visit.signer)
                try db.beginReturn(place, form, wrapped: wrapped, visit.signer)
                try db.audit(.dataSent, .evidence, place.id)
            }
            let mine = "/team/data/returns/\(place.id.column)"
            let leads = try db.once(visit, leadingTo: mine) { db in try start(db) }
            // An account sends one file at a time, which is this one: another that is still coming broke off.
            guard leads != mine, try db.hasBrokenOff(at: leads, visit.signer) else { return (leads, vault) }
            try start(db)
            return (mine, vault)
        }
        guard leads == location else {
            // Sent twice: the first leads on.
            (location, isDone) = (leads, true)
            return
        }
        vault = made
        let held = first
        first = []
        try await keep(held, isLast: false)
    }

    private func keep(_ more: [UInt8], isLast: Bool) async throws {
        do {
            if encoded != nil {
                do throws(EncodedFile.Problem) { try encoded?.take(more) } catch { throw FileProblem(error) }
                waiting += more
                while waiting.count >= FilePieces.size || isLast && !waiting.isEmpty {
                    try await store(Array(waiting.prefix(FilePieces.size)))
                    waiting.removeFirst(min(waiting.count, FilePieces.size))
                }
            } else {
                for piece in try pieces.take(more, isLast: isLast) { try await store(piece) }
            }
        } catch let problem as FileProblem {
            try await refuse(problem)
        }
    }

    private func store(_ piece: [UInt8]) async throws {
        guard let vault else { return }
        parts += 1
        let sealed = try vault.seal(piece, part: parts)
        let (place, visit, parts, bytes) = (place, visit, parts, bytes)
        try await visit.write { db in try db.addPart(parts, of: place, sealed, bytes: bytes, visit.signer) }
    }

    private func refuse(_ problem: FileProblem) async throws {
        isDone = true
        let (id, visit) = (id, visit)
        try await visit.write { db in
            try db.setRefused(id, problem, words: nil, visit.signer)
            try db.audit(.dataRefused, .evidence, id)
        }
    }

    /// It is whole: an encoded file is checked by now, another waits to be read. A short one is read at once.
    private func settle() async throws {
        let (id, visit) = (id, visit)
        if let encoded {
            let checked: EncodedFileCheck.Checked
            do throws(EncodedFile.Problem) { checked = try encoded.finish() } catch {
                return try await refuse(FileProblem(error))
            }
            let columns = sending.call.specification.columns
            let profile = DataProfile(checked.header, rows: checked.count, columns: columns)
            let key = checked.keyID.map { byte in (byte < 16 ? "0" : "") + String(byte, radix: 16) }.joined()
            try await visit.write { db in
                try db.setReceived(id, nil, profile, keyID: key, words: nil, visit.signer)
                try db.audit(.dataReceived, .evidence, id)
            }
            return
        }
        if parts == 0 { return try await refuse(.empty) }
        let isUTF8 = pieces.isUTF8
        try await visit.write { db in try db.endSending(id, isUTF8: isUTF8, visit.signer) }
        let reading = ReturnReading(visit: visit, id: id)
        if parts == 1 { await reading.run() } else { reading.runBeside() }
    }
}

extension FileProblem {
    init(_ problem: EncodedFile.Problem) {
        self = switch problem {
        case .other: .clearFile
        case .newer: .newer
        case .truncated: .cut
        case .longer: .longer
        case .altered: .altered
        case .malformed: .malformed
        }
    }
}
