/// Given names and surnames of African, Caribbean, Arab and European families.
enum DemoNamesWorld {
    /// Nigerian and Ghanaian families.
    static let westAfrican = DemoNameList(
        women: """
            Abimbola, Chidinma, Ngozi, Folasade, Adaeze, Temitope, Oluwaseun, Akosua, Abena, Esi, Yaa, Blessing,
            Patience, Comfort, Funmilayo, Ebele
            """,
        men: """
            Chukwuemeka, Olumide, Kwame, Kofi, Emeka, Babatunde, Ifeanyi, Kwabena, Yaw, Segun, Godwin, Obinna, Tunde,
            Nnamdi, Ebenezer, Kweku
            """,
        surnames: """
            Adeyemi, Okafor, Nwosu, Adebayo, Eze, Okonkwo, Balogun, Mensah, Owusu, Boateng, Asante, Agyeman,
            Ogunleye, Chukwu, Ibe, Appiah, N'Guessan, Osei-Bonsu
            """)

    /// Zimbabwean, South African and Congolese families.
    static let southernAfrican = DemoNameList(
        women: """
            Tendai, Rutendo, Chipo, Nyasha, Rudo, Tsitsi, Memory, Precious, Thandiwe, Nokuthula, Sibongile, Fadzai,
            Mireille, Chantal
            """,
        men: """
            Tafadzwa, Farai, Tinashe, Simbarashe, Kudakwashe, Tapiwa, Sipho, Themba, Mandla, Innocent, Lovemore,
            Takudzwa, Patrice, Blaise
            """,
        surnames: """
            Moyo, Ncube, Dube, Chikwanha, Mutasa, Chigumba, Marufu, Sithole, Mpofu, Nkosi, Dlamini, Mukendi, Kabongo,
            Zvobgo, Mapfumo
            """)

    /// Somali families: a surname is the grandfather's given name.
    static let somali = DemoNameList(
        women: """
            Hodan, Ifrah, Sahra, Fadumo, Hibo, Ayaan, Ubah, Khadra, Nimco, Sagal, Amina, Deqa, Idil, Faduma, Halimo,
            Muna
            """,
        men: """
            Abdirahman, Liban, Guled, Hassan, Mahad, Ayanle, Cabdi, Faarax, Jama, Mohamud, Osman, Said, Warsan,
            Yahye, Ismaaciil, Sharmarke
            """,
        surnames: """
            Abdi, Farah, Warsame, Jama, Hersi, Duale, Mohamud, Nur, Yusuf, Egal, Aden, Samatar, Guleed, Omar, Elmi
            """)

    /// Caribbean families, of the Windrush years and since.
    static let caribbean = DemoNameList(
        women: [
            1976: "Hyacinth, Cynthia, Merlene, Gloria, Euphemia, Joycelyn, Icilda, Verona, Marva, Sonia, Claudette",
            3000: "Shanice, Kezia, Chanelle, Aaliyah, Tanisha, Latoya, Natasha, Simone, Renée, Kyra, Ebony, Zaria",
        ],
        men: [
            1976: "Winston, Delroy, Errol, Leroy, Everton, Neville, Clifton, Carlton, Rupert, Egbert, Lloyd",
            3000: "Jermaine, Tyrone, Dwayne, Kamari, Marlon, Andre, Rohan, Tyrell, Jerome, Isaiah, Romario, Deshawn",
        ],
        surnames: """
            Brathwaite, Gayle, Blackwood, Cumberbatch, Grant, Henry, Morrison, Francis, Walters, Reid, Bogle,
            Pinnock, Lindo, Samuels, Beckford, Thorpe, Wynter
            """)

    /// Polish families; a surname in -ski is -ska for a woman.
    static let polish = DemoNameList(
        women: """
            Agnieszka, Małgorzata, Katarzyna, Żaneta, Dorota, Ewelina, Justyna, Beata, Iwona, Zuzanna, Oliwia, Kinga,
            Grażyna, Monika, Aleksandra, Łucja
            """,
        men: """
            Krzysztof, Paweł, Tomasz, Marcin, Łukasz, Grzegorz, Wojciech, Piotr, Mariusz, Jarosław, Sławomir,
            Bartosz, Zbigniew, Rafał, Mateusz, Jakub
            """,
        surnames: """
            Kowalski, Wiśniewski, Wójcik, Kamiński, Lewandowski, Zieliński, Szymański, Woźniak, Dąbrowski, Kozłowski,
            Mazur, Krawczyk, Piotrowski, Grabowski, Nowakowski, Pawłowski, Jabłoński, Żuk, Gołębiewski, Czerwiński
            """,
        feminine: { $0.hasSuffix("ski") ? String($0.dropLast()) + "a" : $0 })

    /// Romanian families, and Roma families from Romania.
    static let romanian = DemoNameList(
        women: """
            Ionela, Mihaela, Andreea, Gabriela, Cristina, Elena, Florentina, Ștefania, Mădălina, Loredana, Denisa,
            Raluca, Nicoleta, Violeta
            """,
        men: """
            Ionuț, Gheorghe, Bogdan, Florin, Cătălin, Dragoș, Ștefan, Marius, Vasile, Răzvan, Costel, Adrian, Sorin,
            Nelu
            """,
        surnames: """
            Popescu, Ionescu, Dumitru, Stan, Gheorghiu, Munteanu, Lăcătuș, Rostaș, Ciobanu, Marinescu, Dinu,
            Ungureanu, Covaci, Stănescu, Drăgan
            """)

    /// Lithuanian families: Kazlauskas, his wife Kazlauskienė; written in full, for women kept in the wife's form.
    static let lithuanian = DemoNameList(
        women: "Živilė, Rasa, Jurgita, Eglė, Daiva, Inga, Rūta, Gintarė, Aušra, Ieva, Kristina, Laima",
        men: "Darius, Mindaugas, Vytautas, Tomas, Gintaras, Rolandas, Žilvinas, Saulius, Andrius, Arūnas, Kęstutis",
        surnames: """
            Kazlauskas, Petrauskas, Jankauskas, Stankevičius, Butkus, Žukauskas, Balčiūnas, Urbonas, Navickas,
            Ramanauskas
            """,
        feminine: { name in
            for (ending, wife) in [("auskas", "auskienė"), ("ius", "ienė"), ("us", "uvienė"), ("as", "ienė")]
            where name.hasSuffix(ending) { return name.dropLast(ending.count) + wife }
            return name
        })

    /// Portuguese and Goan families.
    static let portuguese = DemoNameList(
        women: "Conceição, Fátima, Lurdes, Inês, Catarina, Anabela, Mafalda, Glenda, Succorina, Rosália",
        men: "João, Tiago, Nuno, Rui, Anselmo, Caetano, Hélder, Sérgio, Agnelo, Simão",
        surnames: "D'Souza, Fernandes, Gonçalves, Rodrigues, Pereira, D'Costa, Mascarenhas, Simões, Carvalho, Araújo")

    /// Syrian, Iraqi, Sudanese and Kurdish families.
    static let arabic = DemoNameList(
        women: """
            Rania, Layla, Huda, Samar, Noor, Amal, Yasmin, Rasha, Dalia, Hanan, Shilan, Berivan, Wafaa, Salma, Abeer,
            Ruqayya
            """,
        men: """
            Khalid, Mustafa, Omar, Bassam, Yousef, Karwan, Rebwar, Hatim, Anwar, Jamal, Nabil, Walid, Zaid, Tahir,
            Samir, Haidar
            """,
        surnames: """
            al-Hashimi, Haddad, Mansour, Saleh, al-Jabiri, Khoury, Nasser, Hamad, Aziz, Karim, Barzani, Othman,
            el-Amin, Darwish, Qasim
            """)
}
