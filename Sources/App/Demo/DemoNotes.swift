extension DemoGenerator {
    /// Writes the notes of a case: those it came with, and made-up ones until there are `count`.
    mutating func writeNotes(of made: DemoCase, _ count: Int, _ dice: inout DemoDice) {
        let end = min(made.closed ?? clock.today, clock.today)
        let topics = Self.topics(made)
        let author = made.worker ?? made.opener.by
        for note in made.notes.prefix(count) { write(note.text, made, at: note.at, by: author, &dice) }
        let left = max(0, count - made.notes.count)
        let span = max(60, end - made.opened - 600)
        var turns: [DemoTopic: Int] = [:]
        for index in 0..<left {
            let share = (Double(index) + dice.fraction()) / Double(left)
            var at = clock.atWork(made.opened + 600 + Int(Double(span) * share), &dice)
            if at >= end { at = end + -dice.within(1...max(1, min(span / 60, 240))) * 60 }
            if at < made.opened { at = made.opened + dice.within(1...9) * 60 }
            var (topic, by) = topic(made, topics, at: at, end: end, author, &dice)
            if made.isUnreached, made.closed != nil, index == left - 1 { topic = .lost }
            write(body(topic, made, topics, &turns, &dice), made, at: at, by: by, &dice)
        }
    }

    private mutating func write(_ body: String, _ made: DemoCase, at: DemoMoment, by: Int, _ dice: inout DemoDice) {
        let id = dice.uuid()
        batch[.caseNote].add(
            id, partnership, organisations.agencies[made.agency].id, made.id, body, at, staff.all[by].id)
        notes += 1
        event(made, "noteWritten", at, by, id, "", &dice)
    }

    /// What may be written about without contradicting the case.
    private static func topics(_ made: DemoCase) -> [DemoTopic] {
        let traits = made.traits
        var topics: [DemoTopic] = [.safety, .safety, .feelings, .feelings, .agencies, .health]
        func add(_ trait: DemoTraits, _ topic: DemoTopic, times: Int = 2) {
            if traits.contains(trait) { topics += Array(repeating: topic, count: times) }
        }
        add(.housing, .housing)
        add(.court, .legal)
        add(.police, .police)
        add(.children, .children)
        add(.money, .money)
        add(.immigration, .immigration)
        add(.stalking, .technology)
        add(.work, .work, times: 1)
        add(.family, .family, times: 3)
        return topics
    }

    /// What a note of that moment is about, and who writes it.
    private func topic(
        _ made: DemoCase, _ topics: [DemoTopic], at: DemoMoment, end: DemoMoment, _ author: Int, _ dice: inout DemoDice
    ) -> (DemoTopic, Int) {
        guard let first = made.firstContact, at >= first else {
            return (.unreached, made.attempts.isEmpty ? made.opener.by : author)
        }
        if at - first < 3 * 86_400, dice.chance(60) { return (.firstContact, author) }
        if made.closed != nil, end - at < 4 * 86_400, dice.chance(80) { return (.closing, author) }
        if dice.chance(4) {
            return (.oversight, staff.one(.serviceManager, at: made.agency, on: clock.local(at).day, &dice))
        }
        return (dice.pick(topics), dice.chance(93) ? author : made.opener.by)
    }

    /// Two or three sentences. `turns` remembers the last sentence of each topic, so that a case says nothing twice
    /// before it has said all there is.
    private func body(
        _ topic: DemoTopic, _ made: DemoCase, _ topics: [DemoTopic], _ turns: inout [DemoTopic: Int],
        _ dice: inout DemoDice
    ) -> String {
        var text = ""
        func add(_ phrase: DemoPhrase) {
            if !text.isEmpty { text += " " }
            text += phrase.written(made.words, &dice)
        }
        func next(of topic: DemoTopic) -> DemoPhrase {
            let phrases = DemoNoteWords.phrases(topic)
            let turn = turns[topic].map { $0 + 1 } ?? dice.below(phrases.count)
            turns[topic] = turn
            return phrases[turn % phrases.count]
        }
        let isTalk = ![.unreached, .lost, .oversight, .agencies].contains(topic)
        if isTalk, dice.chance(66) { add(dice.pick(DemoNoteWords.openings)) }
        add(next(of: topic))
        if isTalk, topic != .closing {
            for _ in 0..<dice.pick([0, 0, 1, 1, 1, 2]) {
                let second = dice.pick(topics)
                if second != topic { add(next(of: second)) }
            }
            if dice.chance(45) { add(dice.pick(DemoNoteWords.endings)) }
        }
        return dice.chance(18) ? DemoTypos.hurried(text, &dice) : text
    }

    /// One of the phrases, sometimes typed in a hurry.
    func written(_ phrases: [DemoPhrase], _ words: DemoWords, hurried: Double, _ dice: inout DemoDice) -> String {
        guard !phrases.isEmpty else { return "" }
        let text = dice.pick(phrases).written(words, &dice)
        return dice.chance(hurried) ? DemoTypos.hurried(text, &dice) : text
    }
}
