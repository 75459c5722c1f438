/// Given names and surnames of Gujarati, Punjabi, Pakistani, Bengali, Tamil, Filipino and Afghan families.
enum DemoNamesSouthAsian {
    /// Hindu and Jain families from Gujarat, many by way of East Africa.
    static let gujarati = DemoNameList(
        women: [
            1976: """
                Kantaben, Manjulaben, Pushpa, Hansa, Jyotsna, Urmila, Bharti, Nirmala, Kokila, Rekha, Daksha, Sharda,
                Ila, Bhanumati, Ramila, Savita, Hemlata, Ranjan
                """,
            3000: """
                Hetal, Bhavika, Jigna, Komal, Nisha, Rupal, Bijal, Trupti, Falguni, Alpa, Dipti, Chandni, Krupa,
                Mital, Nikita, Riddhi, Sejal, Urvi, Vaishali, Khushi, Anjali, Dhara, Pooja, Minal, Heena
                """,
        ],
        men: [
            1976: """
                Jayantilal, Chhotalal, Ramesh, Suresh, Mahendra, Kantilal, Bharat, Dilip, Harshad, Kirit, Navin,
                Vinod, Arvind, Dinesh, Girish, Mansukh
                """,
            3000: """
                Jignesh, Hitesh, Bhavesh, Chirag, Nilesh, Kunal, Jay, Mitesh, Paresh, Rakesh, Sanjay, Vishal, Ketan,
                Dhruv, Krishan, Nirav, Parth, Yash, Hardik, Meet
                """,
        ],
        surnames: """
            Patel, Mistry, Chauhan, Solanki, Parmar, Desai, Shah, Modi, Thakrar, Lakhani, Kotecha, Popat, Vaghela,
            Rathod, Makwana, Joshi, Pandya, Trivedi, Raval, Gohil, Tailor, Lad, Bhatt, Dave, Sodha, Odedra,
            Modhvadia, Jethwa
            """)

    /// Muslim families from Gujarat.
    static let gujaratiMuslim = DemoNameList(
        women: "Fatema, Sabera, Rukshana, Zuleikha, Hajra, Farzana, Safiya, Maryam, Sumayya, Ayesha",
        men: "Yusuf, Ismail, Ibrahim, Suleman, Ahmed, Salim, Mohsin, Bilal, Zakariya, Hanif",
        surnames: "Patel, Vohra, Memon, Mulla, Bham, Adam, Seedat, Desai, Nakhuda, Moosa, Pandor, Dadhiwala")

    /// Sikh and Hindu families from Punjab. Many women are Kaur and men Singh, before or instead of a surname.
    static let punjabi = DemoNameList(
        women: [
            1976: "Surinder, Balbir, Gurdev, Mohinder, Kulwant, Harbhajan, Jaswinder, Pritam, Manjit, Sukhwinder",
            3000: """
                Jasleen, Harpreet, Simran, Navdeep, Kiranjit, Amandeep, Gurleen, Ravinder, Parminder, Manpreet,
                Jasmeet, Rajwinder, Sandeep, Prabhjot, Sukhdeep, Taranjit
                """,
        ],
        men: [
            1976: "Balwinder, Gurmail, Jagtar, Mohan, Avtar, Darshan, Tarsem, Kewal, Harjinder, Sohan",
            3000: """
                Jagdeep, Manvir, Gurpreet, Ranjit, Arjan, Hardeep, Amrit, Baljeet, Charanjit, Inderjit, Kuldeep,
                Lakhvir, Parmjit, Tejinder
                """,
        ],
        surnames: """
            Singh, Kaur, Sandhu, Gill, Dhillon, Sidhu, Dhaliwal, Johal, Bains, Grewal, Atwal, Purewal, Sohal, Sahota,
            Bhogal, Khaira, Nijjar, Uppal, Virk, Chahal, Sagoo
            """)

    /// Families from Pakistan and Kashmir.
    static let pakistani = DemoNameList(
        women: """
            Shazia, Nadia, Saima, Rabia, Bushra, Noreen, Tahira, Sadia, Fozia, Kiran, Mehwish, Iqra, Zainab, Hafsa,
            Aleena, Nazia, Rukhsana, Shabana, Ghazala, Mahnoor
            """,
        men: """
            Imran, Tariq, Kashif, Asif, Shahid, Nadeem, Waqas, Adeel, Zeeshan, Usman, Hamza, Faisal, Rizwan, Sajid,
            Khurram, Junaid, Haroon, Mohammed, Danyal, Arslan
            """,
        surnames: """
            Khan, Hussain, Ahmed, Malik, Mahmood, Akhtar, Iqbal, Shah, Butt, Chaudhry, Mirza, Qureshi, Raja, Sheikh,
            Siddiqui, Bashir, Aslam, Javed, Bibi, Begum
            """)

    /// Families from Bangladesh, most of them from Sylhet.
    static let bengali = DemoNameList(
        women: """
            Rahima, Shirin, Nasima, Rehana, Jahanara, Taslima, Sultana, Farhana, Nazma, Ruksana, Sharmin, Tanjila,
            Mahbuba, Afsana, Shahnaz, Monowara
            """,
        men: """
            Abdul, Shahin, Kamrul, Rafiq, Jamal, Mizanur, Habibur, Shafiqul, Nazrul, Tofazzal, Monir, Rezaul, Saiful,
            Ashraful, Foysol, Tanvir
            """,
        surnames: """
            Begum, Khatun, Miah, Uddin, Rahman, Islam, Ali, Choudhury, Haque, Hoque, Ullah, Alam, Chowdhury, Kamali,
            Talukdar, Bibi
            """)

    /// Tamil, Filipino and Afghan families, recorded as any other Asian background.
    static let otherAsian = DemoNameList(
        women: "Thushara, Vasanthi, Malathi, Marisol, Rowena, Jocelyn, Parwana, Zohra, Laila, Nilofar",
        men: "Suthan, Ravindran, Ganesh, Rommel, Jun, Edgardo, Farhad, Najib, Mirwais, Sivakumar",
        surnames: """
            Sivanesan, Nadarajah, Ponnambalam, Selvarajah, Dela Cruz, Villanueva, Manalo, Rahimi, Popal, Stanikzai,
            Noorzai, Fernando
            """)

    /// Chinese families of Hong Kong, the mainland and Malaysia.
    static let chinese = DemoNameList(
        women: "Mei Ling, Xiu Ying, Hui Min, Siu Fong, Yan, Li Na, Ka Yan, Wai Man, Jing, Xiaoyan, Suk Yee, Fang",
        men: "Wei, Kwok Wai, Jun Jie, Chi Keung, Ming, Hao, Tsz Ho, Zhiqiang, Kam Fai, Yong, Lok Hin, Bo",
        surnames: "Wong, Chan, Cheung, Lau, Leung, Ng, Chen, Wang, Zhang, Liu, Yip, Tsang, Xu, Huang, Tang")
}
