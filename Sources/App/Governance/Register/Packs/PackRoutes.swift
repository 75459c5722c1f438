import Foundation
import Pages
import Postgres

extension Site {
    /// What answers a request for information: begun, gathered, decided, signed, released, revoked.
    mutating func addPacks() {
        get("register/matters/:id/pack", .needs(.keepRegister)) { visit in
            let matter = try await visit.matterToAnswer()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(beginPackPage(matter, kept.answers, visit, notice: kept.notice(visit)))
        }
        post("register/matters/:id/pack", .needs(.keepRegister)) { visit in try await visit.beginPack() }
        get("packs/:id", .needs(.answerRequests)) { visit in
            let last = max(0, visit.query["after"]?.first.flatMap { Int($0) } ?? 0)
            let pack = try await visit.lookAtPack()
            let items = try await visit.read { db in
                try db.packItems(of: pack.id, after: min(last, Pack.most), limit: packItemsAtOnce + 1, visit)
            }
            return .page(packPage(pack, items, visit))
        }
        get("packs/:id/gather", .needs(.signPacks)) { visit in
            let pack = try await visit.lookAtPack()
            guard pack.state == .begun else { return .seeOther(pack.href) }
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            let answers = kept.over(Answers(["reference": [pack.reference]]))
            return .page(gatherPackPage(pack, answers, visit, notice: kept.notice(visit)))
        }
        post("packs/:id/gather", .needs(.signPacks)) { visit in try await visit.gatherPack() }
        addPackPieces()
        addPackEnds()
    }

    private mutating func addPackPieces() {
        get("packs/:id/items/:item", .needs(.answerRequests)) { visit in
            if try visit.text("item") == "next" {
                let pack = try await visit.lookAtPack()
                let next = try await visit.read { db in try db.undecidedItem(of: pack.id) }
                return .seeOther(next.map { "\(pack.href)/items/\($0.column)" } ?? pack.href)
            }
            let (pack, item) = try await visit.lookAtPiece()
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            return .page(packItemPage(pack, item, kept.over(item.opening), visit, notice: kept.notice(visit)))
        }
        post("packs/:id/items/:item", .needs(.keepRegister)) { visit in try await visit.decidePiece() }
    }

    private mutating func addPackEnds() {
        get("packs/:id/next", .needs(.keepRegister)) { visit in
            let pack = try await visit.lookAtPack()
            guard pack.hasNext else { return .seeOther(pack.href) }
            let kept = try await visit.read { db in try db.keptAnswers(visit) }
            let isSame = kept.answers["state"] == pack.state.rawValue
            let opening = Answers(["version": [String(pack.version)], "state": [pack.state.rawValue]])
            return .page(packNextPage(
                pack, isSame ? kept.over(opening) : opening, visit, notice: isSame ? kept.notice(visit) : nil))
        }
        post("packs/:id/next", .needs(.keepRegister)) { visit in try await visit.takeNextStep() }
        get("packs/:id/sign", .needs(.signPacks)) { visit in
            let pack = try await visit.lookAtPack()
            guard pack.state == .waits else { return .seeOther(pack.href) }
            let (items, kept) = try await visit.read { db in
                (try db.packItems(of: pack.id, limit: Pack.most, visit), try db.keptAnswers(visit))
            }
            let answers = kept.over(Answers(["version": [String(pack.version)]]))
            return .page(signPackPage(pack, items, answers, visit, notice: kept.notice(visit)))
        }
        post("packs/:id/sign", .needs(.signPacks)) { visit in try await visit.signPack() }
        get("packs/:id/print", .needs(.answerRequests)) { visit in
            let (pack, items) = try await visit.openPack(recording: .packOpened)
            return .page(try packPaper(pack, items))
        }
        addPackFile()
    }
}

extension Pack {
    /// Whether there is something for the officer to do with the whole of it.
    fileprivate var hasNext: Bool {
        state == .signed || state == .released || state == .deciding && undecided == 0
    }
}

extension PackItem {
    /// What was found is to be taken out, until somebody says otherwise.
    fileprivate var opening: Answers {
        var answers = Answers([
            "version": [String(version)],
            "gone": piece.found.indices.filter { !piece.found[$0].mustGo }.map(String.init),
        ])
        if let decision { answers.set("decision", decision.rawValue) }
        answers.set("ground", ground?.rawValue ?? "")
        answers.set("reason", left.reason)
        return answers
    }
}

extension Visit {
    /// A request that a pack may be begun for. That it was looked at is in the log before anything is shown.
    fileprivate func matterToAnswer() async throws -> DataMatter {
        let matter = try await lookAtMatter()
        guard matter.kind.isAnswered else { throw Refusal.notFound }
        return matter
    }

    fileprivate func beginPack() async throws -> Reply {
        let matter = try await matterToAnswer()
        var answers = typed
        if let missing = matter.missingForPack { answers.refuse("reference", missing) }
        if !matter.isOpen { answers.refuse("reference", "This request is closed") }
        guard let form = PackForm(&answers) else { return .invalid(beginPackPage(matter, answers, self)) }
        let id = UUID()
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: "/packs/\(id.column)") { db in
                    try db.beginPack(id, form, for: matter, self)
                    try db.audit(.packBegun, .register, id)
                }
            })
        } catch is Overtaken {
            let packs = try await read { db in try db.packs(of: matter.id, self) }
            return .conflict(dataMatterPage(matter, packs: packs, self, notice: GovUK.warningText("""
                There is a pack of this request already. Nothing of yours is saved.
                """)))
        }
    }

    fileprivate func lookAtPack() async throws -> Pack {
        let id = try id()
        return try await write { db in
            let pack = try db.pack(id, self).orNotFound()
            try db.audit(.packViewed, .register, id)
            return pack
        }
    }

    fileprivate func lookAtPiece() async throws -> (Pack, PackItem) {
        let (id, item) = (try id(), try id("item"))
        return try await write { db in
            let found = (try db.pack(id, self).orNotFound(), try db.packItem(item, of: id, self).orNotFound())
            try db.audit(.packViewed, .register, id)
            return found
        }
    }

    /// What has left, to be read again: recorded first. Not once it is revoked.
    func openPack(recording event: AuditEvent) async throws -> (Pack, [PackItem]) {
        let id = try id()
        let pack = try await write { db in
            let pack = try db.pack(id, self).orNotFound()
            guard pack.state == .released else { throw Refusal.notFound }
            try db.audit(event, .register, id)
            return pack
        }
        return (pack, try await read { db in try db.packItems(of: id, limit: Pack.most, self) })
    }

    fileprivate func gatherPack() async throws -> Reply {
        let pack = try await lookAtPack()
        var answers = typed
        let form = PackForm(&answers)
        let reference = form?.reference ?? ""
        var found: (id: UUID, gives: Bool)?
        if form != nil, !reference.isEmpty, pack.state == .begun {
            found = try await read { db in try db.personForPack(pack, reference, self) }
            if found == nil {
                answers.refuse("reference", "No record that you see here has this reference or number")
            }
        }
        guard form != nil, answers.errors.isEmpty else { return .invalid(gatherPackPage(pack, answers, self)) }
        var pieces: [PackPiece] = []
        if let found, found.gives {
            // The check reads protected addresses to compare them: that it does is recorded first.
            try await write { db in try db.audit(.textChecked, .person, found.id) }
            pieces = try await read { db in try db.packPieces(of: found.id, for: pack, self) }
        }
        if pieces.count > Pack.most {
            answers.refuse("reference", "There are more than \(Pack.most) pieces: more than one pack holds")
            return .invalid(gatherPackPage(pack, answers, self))
        }
        // Of somebody of whom nothing is given the pack knows nobody, as where nobody is on record.
        let (given, about) = (pieces, found.flatMap { $0.gives ? $0.id : nil })
        return try await overtakable(pack) { db in
            try db.gather(given, about: about, into: pack, self)
            try db.audit(.packGathered, .register, pack.id)
        }
    }

    fileprivate func decidePiece() async throws -> Reply {
        let (pack, item) = try await lookAtPiece()
        let version = try typed.version
        var answers = typed
        guard let form = PackItemForm(&answers, item.piece) else {
            if pack.state != .deciding { return .conflict(packPage(pack, [], self, notice: packOvertaken)) }
            return .invalid(packItemPage(pack, item, answers, self))
        }
        return try await overtakable(pack, leadingTo: "\(pack.href)/items/next") { db in
            try db.decide(form, on: item, of: pack, after: version, self)
            try db.audit(.packPieceDecided, .register, pack.id, purpose: form.decision.label)
        }
    }

    fileprivate func takeNextStep() async throws -> Reply {
        let pack = try await lookAtPack()
        let version = try typed.version
        var answers = typed
        guard answers["state"] == pack.state.rawValue, pack.hasNext else {
            return try await overtakable(pack) { _ in throw Overtaken() }
        }
        guard let form = PackNextForm(&answers, of: pack) else {
            return .invalid(packNextPage(pack, answers, self))
        }
        let matter = pack.state == .signed
            ? try await read { db in try db.dataMatter(pack.matter, self).orNotFound() } : nil
        return try await overtakable(pack) { db in
            switch pack.state {
            case .signed:
                try db.releasePack(pack, form, after: version, self)
                if let matter {
                    try db.addStep(DataStepForm(released: pack.label, at: now), to: matter, after: matter.version, self)
                }
                try db.audit(.packReleased, .register, pack.id, purpose: form.way?.label)
            case .released:
                try db.revokePack(pack, because: form.words, after: version, self)
                try db.audit(.packRevoked, .register, pack.id)
            default:
                try db.preparePack(pack, after: version, self)
                try db.audit(.packPrepared, .register, pack.id)
            }
        }
    }

    fileprivate func signPack() async throws -> Reply {
        let pack = try await lookAtPack()
        let items = try await read { db in try db.packItems(of: pack.id, limit: Pack.most, self) }
        let version = try typed.version
        var answers = typed
        let form = PackSignForm(&answers)
        if form?.agrees == true, pack.state == .waits {
            if [pack.begun.account, pack.prepared?.account].contains(viewer.account) {
                answers.refuse("signs", "You prepared it: somebody else must sign")
            }
            let unsafe = try await unsafePieces(pack, items)
            if !unsafe.isEmpty {
                answers.refuse("signs", """
                    Pieces \(unsafe.map(String.init).joined(separator: ", ")) hold an address or a number that is \
                    protected by now. Send it back
                    """)
            }
        }
        guard let form, answers.errors.isEmpty else {
            return .invalid(signPackPage(pack, items, answers, self))
        }
        do {
            return try await overtakable(pack) { db in
                do {
                    try db.signPack(pack, form, after: version, self)
                } catch let error as PostgresError where error.sqlState == "42501" {
                    throw NotTheSecond()
                }
                try db.audit(form.agrees ? .packSigned : .packSentBack, .register, pack.id)
            }
        } catch is NotTheSecond {
            answers.refuse("signs", "You decided on one of its pieces: somebody else must sign")
            return .invalid(signPackPage(pack, items, answers, self))
        }
    }

    /// Looked for once more at the end, in what leaves: an address may have become protected since it was gathered.
    private func unsafePieces(_ pack: Pack, _ items: [PackItem]) async throws -> [Int] {
        guard pack.subject != pack.id else { return [] }
        try await write { db in try db.audit(.textChecked, .person, pack.subject) }
        let search = GateSearch(try await read { db in try db.gateKnowledge(of: pack.subject, self) })
        return items.filter { item in
            search.findings(in: item.left.text).contains(where: \.mustGo)
        }.map(\.number)
    }

    private func overtakable(
        _ pack: Pack, leadingTo href: String? = nil, _ work: @escaping @Sendable (isolated Connection) throws -> Void
    ) async throws -> Reply {
        do {
            return .seeOther(try await write { db in
                try db.once(self, leadingTo: href ?? pack.href) { db in try work(db) }
            })
        } catch is Overtaken {
            let now = try await lookAtPack()
            let items = try await read { db in try db.packItems(of: pack.id, limit: packItemsAtOnce + 1, self) }
            return .conflict(packPage(now, items, self, notice: packOvertaken))
        }
    }
}

/// The database knows that they decided on a piece.
private struct NotTheSecond: Error {}

private let packOvertaken = GovUK.warningText("""
    Somebody else did something with it meanwhile, or it is not at that step any more. Nothing of yours is saved.
    """)
