import Statistics

extension Known {
    func forgotten(_ isForgotten: Bool) -> Known { isForgotten ? .unknown : self }
    func answered(by other: Known, _ isAnswered: Bool) -> Known { isUnknown && isAnswered ? other : self }
}

extension Features {
    func forgotten(_ isForgotten: Bool) -> Features { isForgotten ? .unknown : self }
    func answered(by other: Features, _ isAnswered: Bool) -> Features {
        isAnswered ? Features(has.union(other.has.intersection(unknown))) : self
    }
}

extension HousingUnit {
    /// Without the answers to these questions, or with them from a unit that has all.
    func changed(_ asked: CaseSet<MatchQuestion>, by full: HousingUnit?) -> HousingUnit {
        var unit = self
        func change<Value>(_ fact: WritableKeyPath<HousingUnit, Known<Value>>, _ question: MatchQuestion) {
            let isAsked = asked.contains(question)
            unit[keyPath: fact] =
                full.map { self[keyPath: fact].answered(by: $0[keyPath: fact], isAsked) }
                ?? self[keyPath: fact].forgotten(isAsked)
        }
        func change<Case>(_ fact: WritableKeyPath<HousingUnit, Features<Case>>, _ question: MatchQuestion) {
            let isAsked = asked.contains(question)
            unit[keyPath: fact] =
                full.map { self[keyPath: fact].answered(by: $0[keyPath: fact], isAsked) }
                ?? self[keyPath: fact].forgotten(isAsked)
        }
        change(\.bedspaces, .bedspaces)
        change(\.bedrooms, .bedrooms)
        change(\.familySharesRoom, .familyRoom)
        change(\.maxAdults, .maxAdults)
        change(\.maxChildren, .maxChildren)
        change(\.cots, .cots)
        change(\.takes, .whoIsTaken)
        change(\.takesTrans, .policyOnTrans)
        change(\.oldestBoy, .oldestBoy)
        change(\.access, .accessOffered)
        change(\.pets, .animalsTaken)
        change(\.funding, .fundingTaken)
        change(\.supports, .supportsTaken)
        change(\.staffing, .staffing)
        change(\.exclusionAreas, .exclusionAreas)
        change(\.area, .unitsArea)
        change(\.availability, .availability)
        change(\.highestRisk, .highestRisk)
        return unit
    }
}

extension HousingNeed {
    /// Without the answers to these questions, or with them from a household that has all.
    func changed(_ asked: CaseSet<MatchQuestion>, by full: HousingNeed?) -> HousingNeed {
        var need = self
        func change<Value>(_ fact: WritableKeyPath<HousingNeed, Known<Value>>, _ question: MatchQuestion) {
            let isAsked = asked.contains(question)
            need[keyPath: fact] =
                full.map { self[keyPath: fact].answered(by: $0[keyPath: fact], isAsked) }
                ?? self[keyPath: fact].forgotten(isAsked)
        }
        func change<Case>(_ fact: WritableKeyPath<HousingNeed, Features<Case>>, _ question: MatchQuestion) {
            let isAsked = asked.contains(question)
            need[keyPath: fact] =
                full.map { self[keyPath: fact].answered(by: $0[keyPath: fact], isAsked) }
                ?? self[keyPath: fact].forgotten(isAsked)
        }
        change(\.expecting, .expecting)
        change(\.access, .accessNeeded)
        change(\.pets, .animals)
        change(\.funds, .funds)
        change(\.supports, .supportNeeds)
        change(\.staffing, .staffingNeeded)
        change(\.kinds, .kindsWanted)
        change(\.homeArea, .homeArea)
        change(\.unsafeAreas, .unsafeAreas)
        change(\.tooNear, .whoLivesNear)
        change(\.conflicts, .whoLivesNear)
        change(\.risk, .riskLevel)
        change(\.consents, .consent)
        change(\.from, .dayNeeded)
        need.changePeople(asked, by: full)
        change(\.adults, .members)
        change(\.children, .members)
        return need
    }

    private mutating func changePeople(_ asked: CaseSet<MatchQuestion>, by full: HousingNeed?) {
        if var all = children.value {
            for index in all.indices {
                let other = full?.children.value?[index]
                let (asksAge, asksSex) = (asked.contains(.childrensAges), asked.contains(.childrensSex))
                all[index].age = other.map { all[index].age.answered(by: $0.age, asksAge) }
                    ?? all[index].age.forgotten(asksAge && index % 2 == 0)
                all[index].sex = other.map { all[index].sex.answered(by: $0.sex, asksSex) }
                    ?? all[index].sex.forgotten(asksSex && index % 3 != 1)
            }
            children = .known(all)
        }
        if var all = adults.value {
            for index in all.indices where asked.contains(.adultsSex) {
                all[index].sex = full.map { all[index].sex.answered(by: $0.adults.value![index].sex, true) }
                    ?? .unknown
            }
            adults = .known(all)
        }
    }
}
