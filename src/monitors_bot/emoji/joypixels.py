"""JoyPixels' names of emoji, which Rocket.Chat uses.

Written by .ci/write_emoji_names.py from emojibase-data 17.0.0; its licence is beside this file.
"""

TABLE = """\
#⃣ hash
*⃣ asterisk keycap_asterisk
0⃣ zero
1⃣ one
2⃣ two
3⃣ three
4⃣ four
5⃣ five
6⃣ six
7⃣ seven
8⃣ eight
9⃣ nine
© copyright
® registered
‼ bangbang
⁉ interrobang
™ tm trade_mark
ℹ information_source information
↔ left_right_arrow
↕ arrow_up_down up_down_arrow
↖ arrow_upper_left up_left_arrow
↗ arrow_upper_right
↘ arrow_lower_right
↙ arrow_lower_left
↩ leftwards_arrow_with_hook
↪ arrow_right_hook
⌚ watch
⌛ hourglass
⌨ keyboard
⏏ eject eject_symbol
⏩ fast_forward
⏪ rewind
⏫ arrow_double_up
⏬ arrow_double_down
⏭ track_next next_track
⏮ track_previous previous_track
⏯ play_pause
⏰ alarm_clock
⏱ stopwatch
⏲ timer timer_clock
⏳ hourglass_flowing_sand
⏸ pause_button double_vertical_bar
⏹ stop_button
⏺ record_button
Ⓜ m circled_m
▪ black_small_square
▫ white_small_square
▶ arrow_forward
◀ arrow_backward
◻ white_medium_square
◼ black_medium_square
◽ white_medium_small_square
◾ black_medium_small_square
☀ sunny sun
☁ cloud
☂ umbrella2
☃ snowman2
☄ comet
☎ telephone
☑ ballot_box_with_check
☔ umbrella
☕ coffee hot_beverage
☘ shamrock
☝ point_up
☠ skull_crossbones skull_and_crossbones
☢ radioactive radioactive_sign
☣ biohazard biohazard_sign
☦ orthodox_cross
☪ star_and_crescent
☮ peace peace_symbol
☯ yin_yang
☸ wheel_of_dharma
☹ frowning2 white_frowning_face frowning_face
☺ relaxed smiling_face
♀ female_sign
♂ male_sign
♈ aries
♉ taurus
♊ gemini
♋ cancer
♌ leo
♍ virgo
♎ libra
♏ scorpius scorpio
♐ sagittarius
♑ capricorn
♒ aquarius
♓ pisces
♟ chess_pawn
♠ spades spade_suit
♣ clubs club_suit
♥ hearts heart_suit
♦ diamonds diamond_suit
♨ hotsprings hot_springs
♻ recycle
♾ infinity
♿ wheelchair
⚒ hammer_pick hammer_and_pick
⚓ anchor
⚔ crossed_swords
⚕ medical_symbol
⚖ scales balance_scale
⚗ alembic
⚙ gear
⚛ atom atom_symbol
⚜ fleur-de-lis fleur_de_lis
⚠ warning
⚡ zap high_voltage
⚧ transgender_symbol
⚪ white_circle
⚫ black_circle
⚰ coffin
⚱ urn funeral_urn
⚽ soccer soccer_ball
⚾ baseball
⛄ snowman
⛅ partly_sunny
⛈ thunder_cloud_rain thunder_cloud_and_rain
⛎ ophiuchus
⛏ pick
⛑ helmet_with_cross helmet_with_white_cross
⛓ chains
⛓‍💥 broken_chain
⛔ no_entry
⛩ shinto_shrine
⛪ church
⛰ mountain
⛱ beach_umbrella umbrella_on_ground
⛲ fountain
⛳ golf flag_in_hole
⛴ ferry
⛵ sailboat
⛷ skier
⛸ ice_skate
⛹ person_bouncing_ball basketball_player person_with_ball
⛹‍♀ woman_bouncing_ball
⛹‍♂ man_bouncing_ball
⛺ tent
⛽ fuelpump fuel_pump
✂ scissors
✅ white_check_mark
✈ airplane
✉ envelope
✊ fist raised_fist
✋ raised_hand
✌ v victory_hand
✍ writing_hand
✏ pencil2
✒ black_nib
✔ heavy_check_mark check_mark
✖ heavy_multiplication_x
✝ cross latin_cross
✡ star_of_david
✨ sparkles
✳ eight_spoked_asterisk
✴ eight_pointed_black_star
❄ snowflake
❇ sparkle
❌ x cross_mark
❎ negative_squared_cross_mark
❓ question question_mark
❔ grey_question
❕ grey_exclamation
❗ exclamation
❣ heart_exclamation heavy_heart_exclamation_mark_ornament
❤ heart red_heart
❤‍🔥 heart_on_fire
❤‍🩹 mending_heart
➕ heavy_plus_sign
➖ heavy_minus_sign
➗ heavy_division_sign
➡ arrow_right right_arrow
➰ curly_loop
➿ loop
⤴ arrow_heading_up
⤵ arrow_heading_down
⬅ arrow_left left_arrow
⬆ arrow_up up_arrow
⬇ arrow_down down_arrow
⬛ black_large_square
⬜ white_large_square
⭐ star
⭕ o
〰 wavy_dash
〽 part_alternation_mark
㊗ congratulations
㊙ secret
🀄 mahjong
🃏 black_joker joker
🅰 a
🅱 b
🅾 o2
🅿 parking
🆎 ab
🆑 cl
🆒 cool
🆓 free
🆔 id
🆕 new
🆖 ng
🆗 ok
🆘 sos
🆙 up
🆚 vs
🇦 regional_indicator_a
🇦🇨 flag_ac ac
🇦🇩 flag_ad ad
🇦🇪 flag_ae ae
🇦🇫 flag_af af
🇦🇬 flag_ag ag
🇦🇮 flag_ai ai
🇦🇱 flag_al al
🇦🇲 flag_am am
🇦🇴 flag_ao ao
🇦🇶 flag_aq aq
🇦🇷 flag_ar ar
🇦🇸 flag_as as
🇦🇹 flag_at at
🇦🇺 flag_au au
🇦🇼 flag_aw aw
🇦🇽 flag_ax ax
🇦🇿 flag_az az
🇧 regional_indicator_b
🇧🇦 flag_ba ba
🇧🇧 flag_bb bb
🇧🇩 flag_bd bd
🇧🇪 flag_be be
🇧🇫 flag_bf bf
🇧🇬 flag_bg bg
🇧🇭 flag_bh bh
🇧🇮 flag_bi bi
🇧🇯 flag_bj bj
🇧🇱 flag_bl bl
🇧🇲 flag_bm bm
🇧🇳 flag_bn bn
🇧🇴 flag_bo bo
🇧🇶 flag_bq bq
🇧🇷 flag_br br
🇧🇸 flag_bs bs
🇧🇹 flag_bt bt
🇧🇻 flag_bv bv
🇧🇼 flag_bw bw
🇧🇾 flag_by by
🇧🇿 flag_bz bz
🇨 regional_indicator_c
🇨🇦 flag_ca ca
🇨🇨 flag_cc cc
🇨🇩 flag_cd congo
🇨🇫 flag_cf cf
🇨🇬 flag_cg cg
🇨🇭 flag_ch ch
🇨🇮 flag_ci ci
🇨🇰 flag_ck ck
🇨🇱 flag_cl chile
🇨🇲 flag_cm cm
🇨🇳 flag_cn cn
🇨🇴 flag_co co
🇨🇵 flag_cp cp
🇨🇷 flag_cr cr
🇨🇺 flag_cu cu
🇨🇻 flag_cv cv
🇨🇼 flag_cw cw
🇨🇽 flag_cx cx
🇨🇾 flag_cy cy
🇨🇿 flag_cz cz
🇩 regional_indicator_d
🇩🇪 flag_de de
🇩🇬 flag_dg dg
🇩🇯 flag_dj dj
🇩🇰 flag_dk dk
🇩🇲 flag_dm dm
🇩🇴 flag_do do
🇩🇿 flag_dz dz
🇪 regional_indicator_e
🇪🇦 flag_ea ea
🇪🇨 flag_ec ec
🇪🇪 flag_ee ee
🇪🇬 flag_eg eg
🇪🇭 flag_eh eh
🇪🇷 flag_er er
🇪🇸 flag_es es
🇪🇹 flag_et et
🇪🇺 flag_eu eu
🇫 regional_indicator_f
🇫🇮 flag_fi fi
🇫🇯 flag_fj fj
🇫🇰 flag_fk fk
🇫🇲 flag_fm fm
🇫🇴 flag_fo fo
🇫🇷 flag_fr fr
🇬 regional_indicator_g
🇬🇦 flag_ga ga
🇬🇧 flag_gb gb
🇬🇩 flag_gd gd
🇬🇪 flag_ge ge
🇬🇫 flag_gf gf
🇬🇬 flag_gg gg
🇬🇭 flag_gh gh
🇬🇮 flag_gi gi
🇬🇱 flag_gl gl
🇬🇲 flag_gm gm
🇬🇳 flag_gn gn
🇬🇵 flag_gp gp
🇬🇶 flag_gq gq
🇬🇷 flag_gr gr
🇬🇸 flag_gs gs
🇬🇹 flag_gt gt
🇬🇺 flag_gu gu
🇬🇼 flag_gw gw
🇬🇾 flag_gy gy
🇭 regional_indicator_h
🇭🇰 flag_hk hk
🇭🇲 flag_hm hm
🇭🇳 flag_hn hn
🇭🇷 flag_hr hr
🇭🇹 flag_ht ht
🇭🇺 flag_hu hu
🇮 regional_indicator_i
🇮🇨 flag_ic ic
🇮🇩 flag_id indonesia
🇮🇪 flag_ie ie
🇮🇱 flag_il il
🇮🇲 flag_im im
🇮🇳 flag_in in
🇮🇴 flag_io io
🇮🇶 flag_iq iq
🇮🇷 flag_ir ir
🇮🇸 flag_is is
🇮🇹 flag_it it
🇯 regional_indicator_j
🇯🇪 flag_je je
🇯🇲 flag_jm jm
🇯🇴 flag_jo jo
🇯🇵 flag_jp jp
🇰 regional_indicator_k
🇰🇪 flag_ke ke
🇰🇬 flag_kg kg
🇰🇭 flag_kh kh
🇰🇮 flag_ki ki
🇰🇲 flag_km km
🇰🇳 flag_kn kn
🇰🇵 flag_kp kp
🇰🇷 flag_kr kr
🇰🇼 flag_kw kw
🇰🇾 flag_ky ky
🇰🇿 flag_kz kz
🇱 regional_indicator_l
🇱🇦 flag_la la
🇱🇧 flag_lb lb
🇱🇨 flag_lc lc
🇱🇮 flag_li li
🇱🇰 flag_lk lk
🇱🇷 flag_lr lr
🇱🇸 flag_ls ls
🇱🇹 flag_lt lt
🇱🇺 flag_lu lu
🇱🇻 flag_lv lv
🇱🇾 flag_ly ly
🇲 regional_indicator_m
🇲🇦 flag_ma ma
🇲🇨 flag_mc mc
🇲🇩 flag_md md
🇲🇪 flag_me me
🇲🇫 flag_mf mf
🇲🇬 flag_mg mg
🇲🇭 flag_mh mh
🇲🇰 flag_mk mk
🇲🇱 flag_ml ml
🇲🇲 flag_mm mm
🇲🇳 flag_mn mn
🇲🇴 flag_mo mo
🇲🇵 flag_mp mp
🇲🇶 flag_mq mq
🇲🇷 flag_mr mr
🇲🇸 flag_ms ms
🇲🇹 flag_mt mt
🇲🇺 flag_mu mu
🇲🇻 flag_mv mv
🇲🇼 flag_mw mw
🇲🇽 flag_mx mx
🇲🇾 flag_my my
🇲🇿 flag_mz mz
🇳 regional_indicator_n
🇳🇦 flag_na na
🇳🇨 flag_nc nc
🇳🇪 flag_ne ne
🇳🇫 flag_nf nf
🇳🇬 flag_ng nigeria
🇳🇮 flag_ni ni
🇳🇱 flag_nl nl
🇳🇴 flag_no no
🇳🇵 flag_np np
🇳🇷 flag_nr nr
🇳🇺 flag_nu nu
🇳🇿 flag_nz nz
🇴 regional_indicator_o
🇴🇲 flag_om om
🇵 regional_indicator_p
🇵🇦 flag_pa pa
🇵🇪 flag_pe pe
🇵🇫 flag_pf pf
🇵🇬 flag_pg pg
🇵🇭 flag_ph ph
🇵🇰 flag_pk pk
🇵🇱 flag_pl pl
🇵🇲 flag_pm pm
🇵🇳 flag_pn pn
🇵🇷 flag_pr pr
🇵🇸 flag_ps ps
🇵🇹 flag_pt pt
🇵🇼 flag_pw pw
🇵🇾 flag_py py
🇶 regional_indicator_q
🇶🇦 flag_qa qa
🇷 regional_indicator_r
🇷🇪 flag_re re
🇷🇴 flag_ro ro
🇷🇸 flag_rs rs
🇷🇺 flag_ru ru
🇷🇼 flag_rw rw
🇸 regional_indicator_s
🇸🇦 flag_sa saudiarabia saudi
🇸🇧 flag_sb sb
🇸🇨 flag_sc sc
🇸🇩 flag_sd sd
🇸🇪 flag_se se
🇸🇬 flag_sg sg
🇸🇭 flag_sh sh
🇸🇮 flag_si si
🇸🇯 flag_sj sj
🇸🇰 flag_sk sk
🇸🇱 flag_sl sl
🇸🇲 flag_sm sm
🇸🇳 flag_sn sn
🇸🇴 flag_so so
🇸🇷 flag_sr sr
🇸🇸 flag_ss ss
🇸🇹 flag_st st
🇸🇻 flag_sv sv
🇸🇽 flag_sx sx
🇸🇾 flag_sy sy
🇸🇿 flag_sz sz
🇹 regional_indicator_t
🇹🇦 flag_ta ta
🇹🇨 flag_tc tc
🇹🇩 flag_td td
🇹🇫 flag_tf tf
🇹🇬 flag_tg tg
🇹🇭 flag_th th
🇹🇯 flag_tj tj
🇹🇰 flag_tk tk
🇹🇱 flag_tl tl
🇹🇲 flag_tm turkmenistan
🇹🇳 flag_tn tn
🇹🇴 flag_to to
🇹🇷 flag_tr tr
🇹🇹 flag_tt tt
🇹🇻 flag_tv tuvalu
🇹🇼 flag_tw tw
🇹🇿 flag_tz tz
🇺 regional_indicator_u
🇺🇦 flag_ua ua
🇺🇬 flag_ug ug
🇺🇲 flag_um um
🇺🇳 united_nations
🇺🇸 flag_us us
🇺🇾 flag_uy uy
🇺🇿 flag_uz uz
🇻 regional_indicator_v
🇻🇦 flag_va va
🇻🇨 flag_vc vc
🇻🇪 flag_ve ve
🇻🇬 flag_vg vg
🇻🇮 flag_vi vi
🇻🇳 flag_vn vn
🇻🇺 flag_vu vu
🇼 regional_indicator_w
🇼🇫 flag_wf wf
🇼🇸 flag_ws ws
🇽 regional_indicator_x
🇽🇰 flag_xk xk
🇾 regional_indicator_y
🇾🇪 flag_ye ye
🇾🇹 flag_yt yt
🇿 regional_indicator_z
🇿🇦 flag_za za
🇿🇲 flag_zm zm
🇿🇼 flag_zw zw
🈁 koko
🈂 sa
🈚 u7121
🈯 u6307
🈲 u7981
🈳 u7a7a
🈴 u5408
🈵 u6e80
🈶 u6709
🈷 u6708
🈸 u7533
🈹 u5272
🈺 u55b6
🉐 ideograph_advantage
🉑 accept
🌀 cyclone
🌁 foggy
🌂 closed_umbrella
🌃 night_with_stars
🌄 sunrise_over_mountains
🌅 sunrise
🌆 city_dusk
🌇 city_sunset city_sunrise sunset
🌈 rainbow
🌉 bridge_at_night
🌊 ocean water_wave
🌋 volcano
🌌 milky_way
🌍 earth_africa
🌎 earth_americas
🌏 earth_asia
🌐 globe_with_meridians
🌑 new_moon
🌒 waxing_crescent_moon
🌓 first_quarter_moon
🌔 waxing_gibbous_moon
🌕 full_moon
🌖 waning_gibbous_moon
🌗 last_quarter_moon
🌘 waning_crescent_moon
🌙 crescent_moon
🌚 new_moon_with_face new_moon_face
🌛 first_quarter_moon_with_face
🌜 last_quarter_moon_with_face
🌝 full_moon_with_face
🌞 sun_with_face
🌟 star2 glowing_star
🌠 stars shooting_star
🌡 thermometer
🌤 white_sun_small_cloud white_sun_with_small_cloud
🌥 white_sun_cloud white_sun_behind_cloud
🌦 white_sun_rain_cloud white_sun_behind_cloud_with_rain
🌧 cloud_rain cloud_with_rain
🌨 cloud_snow cloud_with_snow
🌩 cloud_lightning cloud_with_lightning
🌪 cloud_tornado cloud_with_tornado tornado
🌫 fog
🌬 wind_blowing_face wind_face
🌭 hotdog hot_dog
🌮 taco
🌯 burrito
🌰 chestnut
🌱 seedling
🌲 evergreen_tree
🌳 deciduous_tree
🌴 palm_tree
🌵 cactus
🌶 hot_pepper
🌷 tulip
🌸 cherry_blossom
🌹 rose
🌺 hibiscus
🌻 sunflower
🌼 blossom
🌽 corn ear_of_corn
🌾 ear_of_rice sheaf_of_rice
🌿 herb
🍀 four_leaf_clover
🍁 maple_leaf
🍂 fallen_leaf
🍃 leaves
🍄 mushroom
🍄‍🟫 brown_mushroom
🍅 tomato
🍆 eggplant
🍇 grapes
🍈 melon
🍉 watermelon
🍊 tangerine
🍋 lemon
🍋‍🟩 lime
🍌 banana
🍍 pineapple
🍎 apple red_apple
🍏 green_apple
🍐 pear
🍑 peach
🍒 cherries
🍓 strawberry
🍔 hamburger
🍕 pizza
🍖 meat_on_bone
🍗 poultry_leg
🍘 rice_cracker
🍙 rice_ball
🍚 rice cooked_rice
🍛 curry curry_rice
🍜 ramen steaming_bowl
🍝 spaghetti
🍞 bread
🍟 fries french_fries
🍠 sweet_potato
🍡 dango
🍢 oden
🍣 sushi
🍤 fried_shrimp
🍥 fish_cake
🍦 icecream
🍧 shaved_ice
🍨 ice_cream
🍩 doughnut
🍪 cookie
🍫 chocolate_bar
🍬 candy
🍭 lollipop
🍮 custard pudding flan
🍯 honey_pot
🍰 cake shortcake
🍱 bento bento_box
🍲 stew pot_of_food
🍳 cooking
🍴 fork_and_knife
🍵 tea
🍶 sake
🍷 wine_glass
🍸 cocktail
🍹 tropical_drink
🍺 beer beer_mug
🍻 beers
🍼 baby_bottle
🍽 fork_knife_plate fork_and_knife_with_plate
🍾 champagne bottle_with_popping_cork
🍿 popcorn
🎀 ribbon
🎁 gift wrapped_gift
🎂 birthday birthday_cake
🎃 jack_o_lantern
🎄 christmas_tree
🎅 santa santa_claus
🎆 fireworks
🎇 sparkler
🎈 balloon
🎉 tada party_popper
🎊 confetti_ball
🎋 tanabata_tree
🎌 crossed_flags
🎍 bamboo
🎎 dolls
🎏 flags carp_streamer
🎐 wind_chime
🎑 rice_scene
🎒 school_satchel backpack
🎓 mortar_board
🎖 military_medal
🎗 reminder_ribbon
🎙 microphone2 studio_microphone
🎚 level_slider
🎛 control_knobs
🎞 film_frames
🎟 tickets admission_tickets
🎠 carousel_horse
🎡 ferris_wheel
🎢 roller_coaster
🎣 fishing_pole_and_fish fishing_pole
🎤 microphone
🎥 movie_camera
🎦 cinema
🎧 headphones headphone
🎨 art
🎩 tophat top_hat
🎪 circus_tent
🎫 ticket
🎬 clapper clapper_board
🎭 performing_arts
🎮 video_game
🎯 dart direct_hit
🎰 slot_machine
🎱 8ball
🎲 game_die
🎳 bowling
🎴 flower_playing_cards
🎵 musical_note
🎶 notes musical_notes
🎷 saxophone
🎸 guitar
🎹 musical_keyboard
🎺 trumpet
🎻 violin
🎼 musical_score
🎽 running_shirt_with_sash running_shirt
🎾 tennis
🎿 ski skis
🏀 basketball
🏁 checkered_flag
🏂 snowboarder
🏃 person_running runner
🏃‍♀ woman_running
🏃‍♀‍➡ woman_running_facing_right
🏃‍♂ man_running
🏃‍♂‍➡ man_running_facing_right
🏃‍➡ person_running_facing_right
🏄 person_surfing surfer
🏄‍♀ woman_surfing
🏄‍♂ man_surfing
🏅 medal sports_medal
🏆 trophy
🏇 horse_racing
🏈 football
🏉 rugby_football
🏊 person_swimming swimmer
🏊‍♀ woman_swimming
🏊‍♂ man_swimming
🏋 person_lifting_weights lifter weight_lifter
🏋‍♀ woman_lifting_weights
🏋‍♂ man_lifting_weights
🏌 person_golfing golfer
🏌‍♀ woman_golfing
🏌‍♂ man_golfing
🏍 motorcycle racing_motorcycle
🏎 race_car racing_car
🏏 cricket_game cricket_bat_ball
🏐 volleyball
🏑 field_hockey
🏒 hockey ice_hockey
🏓 ping_pong table_tennis
🏔 mountain_snow snow_capped_mountain
🏕 camping
🏖 beach beach_with_umbrella
🏗 construction_site building_construction
🏘 homes house_buildings houses
🏙 cityscape
🏚 house_abandoned derelict_house_building
🏛 classical_building
🏜 desert
🏝 island desert_island
🏞 park national_park
🏟 stadium
🏠 house
🏡 house_with_garden
🏢 office
🏣 post_office
🏤 european_post_office
🏥 hospital
🏦 bank
🏧 atm
🏨 hotel
🏩 love_hotel
🏪 convenience_store
🏫 school
🏬 department_store
🏭 factory
🏮 izakaya_lantern
🏯 japanese_castle
🏰 european_castle castle
🏳 flag_white waving_white_flag white_flag
🏳‍⚧ transgender_flag
🏳‍🌈 rainbow_flag gay_pride_flag
🏴 flag_black waving_black_flag black_flag
🏴‍☠ pirate_flag
🏴󠁧󠁢󠁥󠁮󠁧󠁿 england
🏴󠁧󠁢󠁳󠁣󠁴󠁿 scotland
🏴󠁧󠁢󠁷󠁬󠁳󠁿 wales
🏵 rosette
🏷 label
🏸 badminton
🏹 bow_and_arrow archery
🏺 amphora
🏻 tone1
🏼 tone2
🏽 tone3
🏾 tone4
🏿 tone5
🐀 rat
🐁 mouse2
🐂 ox
🐃 water_buffalo
🐄 cow2
🐅 tiger2
🐆 leopard
🐇 rabbit2
🐈 cat2
🐈‍⬛ black_cat
🐉 dragon
🐊 crocodile
🐋 whale2
🐌 snail
🐍 snake
🐎 racehorse
🐏 ram
🐐 goat
🐑 sheep ewe
🐒 monkey
🐓 rooster
🐔 chicken
🐕 dog2
🐕‍🦺 service_dog
🐖 pig2
🐗 boar
🐘 elephant
🐙 octopus
🐚 shell spiral_shell
🐛 bug
🐜 ant
🐝 bee honeybee
🐞 lady_beetle
🐟 fish
🐠 tropical_fish
🐡 blowfish
🐢 turtle
🐣 hatching_chick
🐤 baby_chick
🐥 hatched_chick
🐦 bird
🐦‍⬛ black_bird
🐦‍🔥 phoenix
🐧 penguin
🐨 koala
🐩 poodle
🐪 dromedary_camel
🐫 camel
🐬 dolphin
🐭 mouse mouse_face
🐮 cow cow_face
🐯 tiger tiger_face
🐰 rabbit rabbit_face
🐱 cat cat_face
🐲 dragon_face
🐳 whale
🐴 horse horse_face
🐵 monkey_face
🐶 dog dog_face
🐷 pig pig_face
🐸 frog
🐹 hamster
🐺 wolf
🐻 bear
🐻‍❄ polar_bear
🐼 panda_face panda
🐽 pig_nose
🐾 feet paw_prints
🐿 chipmunk
👀 eyes
👁 eye
👁‍🗨 eye_in_speech_bubble
👂 ear
👃 nose
👄 lips mouth
👅 tongue
👆 point_up_2
👇 point_down
👈 point_left
👉 point_right
👊 punch oncoming_fist
👋 wave waving_hand
👌 ok_hand
👍 thumbsup +1 thumbup thumbs_up
👎 thumbsdown -1 thumbdown thumbs_down
👏 clap
👐 open_hands
👑 crown
👒 womans_hat
👓 eyeglasses glasses
👔 necktie
👕 shirt t_shirt
👖 jeans
👗 dress
👘 kimono
👙 bikini
👚 womans_clothes
👛 purse
👜 handbag
👝 pouch clutch_bag
👞 mans_shoe
👟 athletic_shoe running_shoe
👠 high_heel
👡 sandal womans_sandal
👢 boot womans_boot
👣 footprints
👤 bust_in_silhouette
👥 busts_in_silhouette
👦 boy
👧 girl
👨 man
👨‍⚕ man_health_worker
👨‍⚖ man_judge
👨‍✈ man_pilot
👨‍❤‍👨 couple_mm couple_with_heart_mm
👨‍❤‍💋‍👨 kiss_mm couplekiss_mm kiss_man_man
👨‍🌾 man_farmer
👨‍🍳 man_cook
👨‍🍼 man_feeding_baby
👨‍🎓 man_student
👨‍🎤 man_singer
👨‍🎨 man_artist
👨‍🏫 man_teacher
👨‍🏭 man_factory_worker
👨‍👦 family_man_boy
👨‍👦‍👦 family_man_boy_boy
👨‍👧 family_man_girl
👨‍👧‍👦 family_man_girl_boy
👨‍👧‍👧 family_man_girl_girl
👨‍👨‍👦 family_mmb
👨‍👨‍👦‍👦 family_mmbb
👨‍👨‍👧 family_mmg
👨‍👨‍👧‍👦 family_mmgb
👨‍👨‍👧‍👧 family_mmgg
👨‍👩‍👦 family_man_woman_boy
👨‍👩‍👦‍👦 family_mwbb
👨‍👩‍👧 family_mwg
👨‍👩‍👧‍👦 family_mwgb
👨‍👩‍👧‍👧 family_mwgg
👨‍💻 man_technologist
👨‍💼 man_office_worker
👨‍🔧 man_mechanic
👨‍🔬 man_scientist
👨‍🚀 man_astronaut
👨‍🚒 man_firefighter
👨‍🦯 man_with_probing_cane
👨‍🦯‍➡ man_with_white_cane_facing_right
👨‍🦰 man_red_haired man_red_hair
👨‍🦱 man_curly_haired
👨‍🦲 man_bald
👨‍🦳 man_white_haired
👨‍🦼 man_in_motorized_wheelchair
👨‍🦼‍➡ man_in_motorized_wheelchair_facing_right
👨‍🦽 man_in_manual_wheelchair
👨‍🦽‍➡ man_in_manual_wheelchair_facing_right
👨🏻‍❤‍👨🏻 couple_with_heart_man_man_tone1 couple_with_heart_man_man_light_skin_tone
👨🏻‍❤‍👨🏼 couple_with_heart_man_man_tone1_tone2
👨🏻‍❤‍👨🏼 couple_with_heart_man_man_light_skin_tone_medium_light_skin_tone
👨🏻‍❤‍👨🏽 couple_with_heart_man_man_tone1_tone3
👨🏻‍❤‍👨🏽 couple_with_heart_man_man_light_skin_tone_medium_skin_tone
👨🏻‍❤‍👨🏾 couple_with_heart_man_man_tone1_tone4
👨🏻‍❤‍👨🏾 couple_with_heart_man_man_light_skin_tone_medium_dark_skin_tone
👨🏻‍❤‍👨🏿 couple_with_heart_man_man_tone1_tone5
👨🏻‍❤‍👨🏿 couple_with_heart_man_man_light_skin_tone_dark_skin_tone
👨🏻‍🤝‍👨🏼 men_holding_hands_tone1_tone2 men_holding_hands_light_skin_tone_medium_light_skin_tone
👨🏻‍🤝‍👨🏽 men_holding_hands_tone1_tone3 men_holding_hands_light_skin_tone_medium_skin_tone
👨🏻‍🤝‍👨🏾 men_holding_hands_tone1_tone4 men_holding_hands_light_skin_tone_medium_dark_skin_tone
👨🏻‍🤝‍👨🏿 men_holding_hands_tone1_tone5 men_holding_hands_light_skin_tone_dark_skin_tone
👨🏼‍❤‍👨🏻 couple_with_heart_man_man_tone2_tone1
👨🏼‍❤‍👨🏻 couple_with_heart_man_man_medium_light_skin_tone_light_skin_tone
👨🏼‍❤‍👨🏼 couple_with_heart_man_man_tone2 couple_with_heart_man_man_medium_light_skin_tone
👨🏼‍❤‍👨🏽 couple_with_heart_man_man_tone2_tone3
👨🏼‍❤‍👨🏽 couple_with_heart_man_man_medium_light_skin_tone_medium_skin_tone
👨🏼‍❤‍👨🏾 couple_with_heart_man_man_tone2_tone4
👨🏼‍❤‍👨🏾 couple_with_heart_man_man_medium_light_skin_tone_medium_dark_skin_tone
👨🏼‍❤‍👨🏿 couple_with_heart_man_man_tone2_tone5
👨🏼‍❤‍👨🏿 couple_with_heart_man_man_medium_light_skin_tone_dark_skin_tone
👨🏼‍🤝‍👨🏻 men_holding_hands_tone2_tone1 men_holding_hands_medium_light_skin_tone_light_skin_tone
👨🏼‍🤝‍👨🏽 men_holding_hands_tone2_tone3 men_holding_hands_medium_light_skin_tone_medium_skin_tone
👨🏼‍🤝‍👨🏾 men_holding_hands_tone2_tone4
👨🏼‍🤝‍👨🏾 men_holding_hands_medium_light_skin_tone_medium_dark_skin_tone
👨🏼‍🤝‍👨🏿 men_holding_hands_tone2_tone5 men_holding_hands_medium_light_skin_tone_dark_skin_tone
👨🏽‍❤‍👨🏻 couple_with_heart_man_man_tone3_tone1
👨🏽‍❤‍👨🏻 couple_with_heart_man_man_medium_skin_tone_light_skin_tone
👨🏽‍❤‍👨🏼 couple_with_heart_man_man_tone3_tone2
👨🏽‍❤‍👨🏼 couple_with_heart_man_man_medium_skin_tone_medium_light_skin_tone
👨🏽‍❤‍👨🏽 couple_with_heart_man_man_tone3 couple_with_heart_man_man_medium_skin_tone
👨🏽‍❤‍👨🏾 couple_with_heart_man_man_tone3_tone4
👨🏽‍❤‍👨🏾 couple_with_heart_man_man_medium_skin_tone_medium_dark_skin_tone
👨🏽‍❤‍👨🏿 couple_with_heart_man_man_tone3_tone5
👨🏽‍❤‍👨🏿 couple_with_heart_man_man_medium_skin_tone_dark_skin_tone
👨🏽‍🤝‍👨🏻 men_holding_hands_tone3_tone1 men_holding_hands_medium_skin_tone_light_skin_tone
👨🏽‍🤝‍👨🏼 men_holding_hands_tone3_tone2 men_holding_hands_medium_skin_tone_medium_light_skin_tone
👨🏽‍🤝‍👨🏾 men_holding_hands_tone3_tone4 men_holding_hands_medium_skin_tone_medium_dark_skin_tone
👨🏽‍🤝‍👨🏿 men_holding_hands_tone3_tone5 men_holding_hands_medium_skin_tone_dark_skin_tone
👨🏾‍❤‍👨🏻 couple_with_heart_man_man_tone4_tone1
👨🏾‍❤‍👨🏻 couple_with_heart_man_man_medium_dark_skin_tone_light_skin_tone
👨🏾‍❤‍👨🏼 couple_with_heart_man_man_tone4_tone2
👨🏾‍❤‍👨🏼 couple_with_heart_man_man_medium_dark_skin_tone_medium_light_skin_tone
👨🏾‍❤‍👨🏽 couple_with_heart_man_man_tone4_tone3
👨🏾‍❤‍👨🏽 couple_with_heart_man_man_medium_dark_skin_tone_medium_skin_tone
👨🏾‍❤‍👨🏾 couple_with_heart_man_man_tone4 couple_with_heart_man_man_medium_dark_skin_tone
👨🏾‍❤‍👨🏿 couple_with_heart_man_man_tone4_tone5
👨🏾‍❤‍👨🏿 couple_with_heart_man_man_medium_dark_skin_tone_dark_skin_tone
👨🏾‍🤝‍👨🏻 men_holding_hands_tone4_tone1 men_holding_hands_medium_dark_skin_tone_light_skin_tone
👨🏾‍🤝‍👨🏼 men_holding_hands_tone4_tone2
👨🏾‍🤝‍👨🏼 men_holding_hands_medium_dark_skin_tone_medium_light_skin_tone
👨🏾‍🤝‍👨🏽 men_holding_hands_tone4_tone3 men_holding_hands_medium_dark_skin_tone_medium_skin_tone
👨🏾‍🤝‍👨🏿 men_holding_hands_tone4_tone5 men_holding_hands_medium_dark_skin_tone_dark_skin_tone
👨🏿‍❤‍👨🏻 couple_with_heart_man_man_tone5_tone1
👨🏿‍❤‍👨🏻 couple_with_heart_man_man_dark_skin_tone_light_skin_tone
👨🏿‍❤‍👨🏼 couple_with_heart_man_man_tone5_tone2
👨🏿‍❤‍👨🏼 couple_with_heart_man_man_dark_skin_tone_medium_light_skin_tone
👨🏿‍❤‍👨🏽 couple_with_heart_man_man_tone5_tone3
👨🏿‍❤‍👨🏽 couple_with_heart_man_man_dark_skin_tone_medium_skin_tone
👨🏿‍❤‍👨🏾 couple_with_heart_man_man_tone5_tone4
👨🏿‍❤‍👨🏾 couple_with_heart_man_man_dark_skin_tone_medium_dark_skin_tone
👨🏿‍❤‍👨🏿 couple_with_heart_man_man_tone5 couple_with_heart_man_man_dark_skin_tone
👨🏿‍🤝‍👨🏻 men_holding_hands_tone5_tone1 men_holding_hands_dark_skin_tone_light_skin_tone
👨🏿‍🤝‍👨🏼 men_holding_hands_tone5_tone2 men_holding_hands_dark_skin_tone_medium_light_skin_tone
👨🏿‍🤝‍👨🏽 men_holding_hands_tone5_tone3 men_holding_hands_dark_skin_tone_medium_skin_tone
👨🏿‍🤝‍👨🏾 men_holding_hands_tone5_tone4 men_holding_hands_dark_skin_tone_medium_dark_skin_tone
👩 woman
👩‍⚕ woman_health_worker
👩‍⚖ woman_judge
👩‍✈ woman_pilot
👩‍❤‍👨 couple_with_heart_woman_man
👩‍❤‍👩 couple_ww couple_with_heart_ww
👩‍❤‍💋‍👨 kiss_woman_man
👩‍❤‍💋‍👩 kiss_ww couplekiss_ww
👩‍🌾 woman_farmer
👩‍🍳 woman_cook
👩‍🍼 woman_feeding_baby
👩‍🎓 woman_student
👩‍🎤 woman_singer
👩‍🎨 woman_artist
👩‍🏫 woman_teacher
👩‍🏭 woman_factory_worker
👩‍👦 family_woman_boy
👩‍👦‍👦 family_woman_boy_boy
👩‍👧 family_woman_girl
👩‍👧‍👦 family_woman_girl_boy
👩‍👧‍👧 family_woman_girl_girl
👩‍👩‍👦 family_wwb
👩‍👩‍👦‍👦 family_wwbb
👩‍👩‍👧 family_wwg
👩‍👩‍👧‍👦 family_wwgb
👩‍👩‍👧‍👧 family_wwgg
👩‍💻 woman_technologist
👩‍💼 woman_office_worker
👩‍🔧 woman_mechanic
👩‍🔬 woman_scientist
👩‍🚀 woman_astronaut
👩‍🚒 woman_firefighter
👩‍🦯 woman_with_probing_cane
👩‍🦯‍➡ woman_with_white_cane_facing_right
👩‍🦰 woman_red_haired
👩‍🦱 woman_curly_haired
👩‍🦲 woman_bald
👩‍🦳 woman_white_haired
👩‍🦼 woman_in_motorized_wheelchair
👩‍🦼‍➡ woman_in_motorized_wheelchair_facing_right
👩‍🦽 woman_in_manual_wheelchair
👩‍🦽‍➡ woman_in_manual_wheelchair_facing_right
👩🏻‍❤‍👩🏻 couple_with_heart_woman_woman_tone1 couple_with_heart_woman_woman_light_skin_tone
👩🏻‍❤‍👩🏼 couple_with_heart_woman_woman_tone1_tone2
👩🏻‍❤‍👩🏼 couple_with_heart_woman_woman_light_skin_tone_medium_light_skin_tone
👩🏻‍❤‍👩🏽 couple_with_heart_woman_woman_tone1_tone3
👩🏻‍❤‍👩🏽 couple_with_heart_woman_woman_light_skin_tone_medium_skin_tone
👩🏻‍❤‍👩🏾 couple_with_heart_woman_woman_tone1_tone4
👩🏻‍❤‍👩🏾 couple_with_heart_woman_woman_light_skin_tone_medium_dark_skin_tone
👩🏻‍❤‍👩🏿 couple_with_heart_woman_woman_tone1_tone5
👩🏻‍❤‍👩🏿 couple_with_heart_woman_woman_light_skin_tone_dark_skin_tone
👩🏻‍❤‍💋‍👩🏻 kiss_woman_woman_tone1 kiss_woman_woman_light_skin_tone
👩🏻‍❤‍💋‍👩🏼 kiss_woman_woman_tone1_tone2 kiss_woman_woman_light_skin_tone_medium_light_skin_tone
👩🏻‍❤‍💋‍👩🏽 kiss_woman_woman_tone1_tone3 kiss_woman_woman_light_skin_tone_medium_skin_tone
👩🏻‍❤‍💋‍👩🏾 kiss_woman_woman_tone1_tone4 kiss_woman_woman_light_skin_tone_medium_dark_skin_tone
👩🏻‍❤‍💋‍👩🏿 kiss_woman_woman_tone1_tone5 kiss_woman_woman_light_skin_tone_dark_skin_tone
👩🏻‍🤝‍👨🏼 woman_and_man_holding_hands_tone1_tone2
👩🏻‍🤝‍👨🏼 woman_and_man_holding_hands_light_skin_tone_medium_light_skin_tone
👩🏻‍🤝‍👨🏽 woman_and_man_holding_hands_tone1_tone3
👩🏻‍🤝‍👨🏽 woman_and_man_holding_hands_light_skin_tone_medium_skin_tone
👩🏻‍🤝‍👨🏾 woman_and_man_holding_hands_tone1_tone4
👩🏻‍🤝‍👨🏾 woman_and_man_holding_hands_light_skin_tone_medium_dark_skin_tone
👩🏻‍🤝‍👨🏿 woman_and_man_holding_hands_tone1_tone5
👩🏻‍🤝‍👨🏿 woman_and_man_holding_hands_light_skin_tone_dark_skin_tone
👩🏻‍🤝‍👩🏼 women_holding_hands_tone1_tone2 women_holding_hands_light_skin_tone_medium_light_skin_tone
👩🏻‍🤝‍👩🏽 women_holding_hands_tone1_tone3 women_holding_hands_light_skin_tone_medium_skin_tone
👩🏻‍🤝‍👩🏾 women_holding_hands_tone1_tone4 women_holding_hands_light_skin_tone_medium_dark_skin_tone
👩🏻‍🤝‍👩🏿 women_holding_hands_tone1_tone5 women_holding_hands_light_skin_tone_dark_skin_tone
👩🏼‍❤‍👩🏻 couple_with_heart_woman_woman_tone2_tone1
👩🏼‍❤‍👩🏻 couple_with_heart_woman_woman_medium_light_skin_tone_light_skin_tone
👩🏼‍❤‍👩🏼 couple_with_heart_woman_woman_tone2 couple_with_heart_woman_woman_medium_light_skin_tone
👩🏼‍❤‍👩🏽 couple_with_heart_woman_woman_tone2_tone3
👩🏼‍❤‍👩🏽 couple_with_heart_woman_woman_medium_light_skin_tone_medium_skin_tone
👩🏼‍❤‍👩🏾 couple_with_heart_woman_woman_tone2_tone4
👩🏼‍❤‍👩🏾 couple_with_heart_woman_woman_medium_light_skin_tone_medium_dark_skin_tone
👩🏼‍❤‍👩🏿 couple_with_heart_woman_woman_tone2_tone5
👩🏼‍❤‍👩🏿 couple_with_heart_woman_woman_medium_light_skin_tone_dark_skin_tone
👩🏼‍❤‍💋‍👩🏻 kiss_woman_woman_tone2_tone1 kiss_woman_woman_medium_light_skin_tone_light_skin_tone
👩🏼‍❤‍💋‍👩🏼 kiss_woman_woman_tone2 kiss_woman_woman_medium_light_skin_tone
👩🏼‍❤‍💋‍👩🏽 kiss_woman_woman_tone2_tone3 kiss_woman_woman_medium_light_skin_tone_medium_skin_tone
👩🏼‍❤‍💋‍👩🏾 kiss_woman_woman_tone2_tone4
👩🏼‍❤‍💋‍👩🏾 kiss_woman_woman_medium_light_skin_tone_medium_dark_skin_tone
👩🏼‍❤‍💋‍👩🏿 kiss_woman_woman_tone2_tone5 kiss_woman_woman_medium_light_skin_tone_dark_skin_tone
👩🏼‍🤝‍👨🏻 woman_and_man_holding_hands_tone2_tone1
👩🏼‍🤝‍👨🏻 woman_and_man_holding_hands_medium_light_skin_tone_light_skin_tone
👩🏼‍🤝‍👨🏽 woman_and_man_holding_hands_tone2_tone3
👩🏼‍🤝‍👨🏽 woman_and_man_holding_hands_medium_light_skin_tone_medium_skin_tone
👩🏼‍🤝‍👨🏾 woman_and_man_holding_hands_tone2_tone4
👩🏼‍🤝‍👨🏾 woman_and_man_holding_hands_medium_light_skin_tone_medium_dark_skin_tone
👩🏼‍🤝‍👨🏿 woman_and_man_holding_hands_tone2_tone5
👩🏼‍🤝‍👨🏿 woman_and_man_holding_hands_medium_light_skin_tone_dark_skin_tone
👩🏼‍🤝‍👩🏻 women_holding_hands_tone2_tone1 women_holding_hands_medium_light_skin_tone_light_skin_tone
👩🏼‍🤝‍👩🏽 women_holding_hands_tone2_tone3 women_holding_hands_medium_light_skin_tone_medium_skin_tone
👩🏼‍🤝‍👩🏾 women_holding_hands_tone2_tone4
👩🏼‍🤝‍👩🏾 women_holding_hands_medium_light_skin_tone_medium_dark_skin_tone
👩🏼‍🤝‍👩🏿 women_holding_hands_tone2_tone5 women_holding_hands_medium_light_skin_tone_dark_skin_tone
👩🏽‍❤‍👩🏻 couple_with_heart_woman_woman_tone3_tone1
👩🏽‍❤‍👩🏻 couple_with_heart_woman_woman_medium_skin_tone_light_skin_tone
👩🏽‍❤‍👩🏼 couple_with_heart_woman_woman_tone3_tone2
👩🏽‍❤‍👩🏼 couple_with_heart_woman_woman_medium_skin_tone_medium_light_skin_tone
👩🏽‍❤‍👩🏽 couple_with_heart_woman_woman_tone3 couple_with_heart_woman_woman_medium_skin_tone
👩🏽‍❤‍👩🏾 couple_with_heart_woman_woman_tone3_tone4
👩🏽‍❤‍👩🏾 couple_with_heart_woman_woman_medium_skin_tone_medium_dark_skin_tone
👩🏽‍❤‍👩🏿 couple_with_heart_woman_woman_tone3_tone5
👩🏽‍❤‍👩🏿 couple_with_heart_woman_woman_medium_skin_tone_dark_skin_tone
👩🏽‍❤‍💋‍👩🏻 kiss_woman_woman_tone3_tone1 kiss_woman_woman_medium_skin_tone_light_skin_tone
👩🏽‍❤‍💋‍👩🏼 kiss_woman_woman_tone3_tone2 kiss_woman_woman_medium_skin_tone_medium_light_skin_tone
👩🏽‍❤‍💋‍👩🏽 kiss_woman_woman_tone3 kiss_woman_woman_medium_skin_tone
👩🏽‍❤‍💋‍👩🏾 kiss_woman_woman_tone3_tone4 kiss_woman_woman_medium_skin_tone_medium_dark_skin_tone
👩🏽‍❤‍💋‍👩🏿 kiss_woman_woman_tone3_tone5 kiss_woman_woman_medium_skin_tone_dark_skin_tone
👩🏽‍🤝‍👨🏻 woman_and_man_holding_hands_tone3_tone1
👩🏽‍🤝‍👨🏻 woman_and_man_holding_hands_medium_skin_tone_light_skin_tone
👩🏽‍🤝‍👨🏼 woman_and_man_holding_hands_tone3_tone2
👩🏽‍🤝‍👨🏼 woman_and_man_holding_hands_medium_skin_tone_medium_light_skin_tone
👩🏽‍🤝‍👨🏾 woman_and_man_holding_hands_tone3_tone4
👩🏽‍🤝‍👨🏾 woman_and_man_holding_hands_medium_skin_tone_medium_dark_skin_tone
👩🏽‍🤝‍👨🏿 woman_and_man_holding_hands_tone3_tone5
👩🏽‍🤝‍👨🏿 woman_and_man_holding_hands_medium_skin_tone_dark_skin_tone
👩🏽‍🤝‍👩🏻 women_holding_hands_tone3_tone1 women_holding_hands_medium_skin_tone_light_skin_tone
👩🏽‍🤝‍👩🏼 women_holding_hands_tone3_tone2 women_holding_hands_medium_skin_tone_medium_light_skin_tone
👩🏽‍🤝‍👩🏾 women_holding_hands_tone3_tone4 women_holding_hands_medium_skin_tone_medium_dark_skin_tone
👩🏽‍🤝‍👩🏿 women_holding_hands_tone3_tone5 women_holding_hands_medium_skin_tone_dark_skin_tone
👩🏾‍❤‍👩🏻 couple_with_heart_woman_woman_tone4_tone1
👩🏾‍❤‍👩🏻 couple_with_heart_woman_woman_medium_dark_skin_tone_light_skin_tone
👩🏾‍❤‍👩🏼 couple_with_heart_woman_woman_tone4_tone2
👩🏾‍❤‍👩🏼 couple_with_heart_woman_woman_medium_dark_skin_tone_medium_light_skin_tone
👩🏾‍❤‍👩🏽 couple_with_heart_woman_woman_tone4_tone3
👩🏾‍❤‍👩🏽 couple_with_heart_woman_woman_medium_dark_skin_tone_medium_skin_tone
👩🏾‍❤‍👩🏾 couple_with_heart_woman_woman_tone4 couple_with_heart_woman_woman_medium_dark_skin_tone
👩🏾‍❤‍👩🏿 couple_with_heart_woman_woman_tone4_tone5
👩🏾‍❤‍👩🏿 couple_with_heart_woman_woman_medium_dark_skin_tone_dark_skin_tone
👩🏾‍❤‍💋‍👩🏻 kiss_woman_woman_tone4_tone1 kiss_woman_woman_medium_dark_skin_tone_light_skin_tone
👩🏾‍❤‍💋‍👩🏼 kiss_woman_woman_tone4_tone2
👩🏾‍❤‍💋‍👩🏼 kiss_woman_woman_medium_dark_skin_tone_medium_light_skin_tone
👩🏾‍❤‍💋‍👩🏽 kiss_woman_woman_tone4_tone3 kiss_woman_woman_medium_dark_skin_tone_medium_skin_tone
👩🏾‍❤‍💋‍👩🏾 kiss_woman_woman_tone4 kiss_woman_woman_medium_dark_skin_tone
👩🏾‍❤‍💋‍👩🏿 kiss_woman_woman_tone4_tone5 kiss_woman_woman_medium_dark_skin_tone_dark_skin_tone
👩🏾‍🤝‍👨🏻 woman_and_man_holding_hands_tone4_tone1
👩🏾‍🤝‍👨🏻 woman_and_man_holding_hands_medium_dark_skin_tone_light_skin_tone
👩🏾‍🤝‍👨🏼 woman_and_man_holding_hands_tone4_tone2
👩🏾‍🤝‍👨🏼 woman_and_man_holding_hands_medium_dark_skin_tone_medium_light_skin_tone
👩🏾‍🤝‍👨🏽 woman_and_man_holding_hands_tone4_tone3
👩🏾‍🤝‍👨🏽 woman_and_man_holding_hands_medium_dark_skin_tone_medium_skin_tone
👩🏾‍🤝‍👨🏿 woman_and_man_holding_hands_tone4_tone5
👩🏾‍🤝‍👨🏿 woman_and_man_holding_hands_medium_dark_skin_tone_dark_skin_tone
👩🏾‍🤝‍👩🏻 women_holding_hands_tone4_tone1 women_holding_hands_medium_dark_skin_tone_light_skin_tone
👩🏾‍🤝‍👩🏼 women_holding_hands_tone4_tone2
👩🏾‍🤝‍👩🏼 women_holding_hands_medium_dark_skin_tone_medium_light_skin_tone
👩🏾‍🤝‍👩🏽 women_holding_hands_tone4_tone3 women_holding_hands_medium_dark_skin_tone_medium_skin_tone
👩🏾‍🤝‍👩🏿 women_holding_hands_tone4_tone5 women_holding_hands_medium_dark_skin_tone_dark_skin_tone
👩🏿‍❤‍👩🏻 couple_with_heart_woman_woman_tone5_tone1
👩🏿‍❤‍👩🏻 couple_with_heart_woman_woman_dark_skin_tone_light_skin_tone
👩🏿‍❤‍👩🏼 couple_with_heart_woman_woman_tone5_tone2
👩🏿‍❤‍👩🏼 couple_with_heart_woman_woman_dark_skin_tone_medium_light_skin_tone
👩🏿‍❤‍👩🏽 couple_with_heart_woman_woman_tone5_tone3
👩🏿‍❤‍👩🏽 couple_with_heart_woman_woman_dark_skin_tone_medium_skin_tone
👩🏿‍❤‍👩🏾 couple_with_heart_woman_woman_tone5_tone4
👩🏿‍❤‍👩🏾 couple_with_heart_woman_woman_dark_skin_tone_medium_dark_skin_tone
👩🏿‍❤‍👩🏿 couple_with_heart_woman_woman_tone5 couple_with_heart_woman_woman_dark_skin_tone
👩🏿‍❤‍💋‍👩🏻 kiss_woman_woman_tone5_tone1 kiss_woman_woman_dark_skin_tone_light_skin_tone
👩🏿‍❤‍💋‍👩🏼 kiss_woman_woman_tone5_tone2 kiss_woman_woman_dark_skin_tone_medium_light_skin_tone
👩🏿‍❤‍💋‍👩🏽 kiss_woman_woman_tone5_tone3 kiss_woman_woman_dark_skin_tone_medium_skin_tone
👩🏿‍❤‍💋‍👩🏾 kiss_woman_woman_tone5_tone4 kiss_woman_woman_dark_skin_tone_medium_dark_skin_tone
👩🏿‍❤‍💋‍👩🏿 kiss_woman_woman_tone5 kiss_woman_woman_dark_skin_tone
👩🏿‍🤝‍👨🏻 woman_and_man_holding_hands_tone5_tone1
👩🏿‍🤝‍👨🏻 woman_and_man_holding_hands_dark_skin_tone_light_skin_tone
👩🏿‍🤝‍👨🏼 woman_and_man_holding_hands_tone5_tone2
👩🏿‍🤝‍👨🏼 woman_and_man_holding_hands_dark_skin_tone_medium_light_skin_tone
👩🏿‍🤝‍👨🏽 woman_and_man_holding_hands_tone5_tone3
👩🏿‍🤝‍👨🏽 woman_and_man_holding_hands_dark_skin_tone_medium_skin_tone
👩🏿‍🤝‍👨🏾 woman_and_man_holding_hands_tone5_tone4
👩🏿‍🤝‍👨🏾 woman_and_man_holding_hands_dark_skin_tone_medium_dark_skin_tone
👩🏿‍🤝‍👩🏻 women_holding_hands_tone5_tone1 women_holding_hands_dark_skin_tone_light_skin_tone
👩🏿‍🤝‍👩🏼 women_holding_hands_tone5_tone2 women_holding_hands_dark_skin_tone_medium_light_skin_tone
👩🏿‍🤝‍👩🏽 women_holding_hands_tone5_tone3 women_holding_hands_dark_skin_tone_medium_skin_tone
👩🏿‍🤝‍👩🏾 women_holding_hands_tone5_tone4 women_holding_hands_dark_skin_tone_medium_dark_skin_tone
👪 family
👫 couple
👫🏻 woman_and_man_holding_hands_tone1 woman_and_man_holding_hands_light_skin_tone
👫🏼 woman_and_man_holding_hands_tone2 woman_and_man_holding_hands_medium_light_skin_tone
👫🏽 woman_and_man_holding_hands_tone3 woman_and_man_holding_hands_medium_skin_tone
👫🏾 woman_and_man_holding_hands_tone4 woman_and_man_holding_hands_medium_dark_skin_tone
👫🏿 woman_and_man_holding_hands_tone5 woman_and_man_holding_hands_dark_skin_tone
👬 two_men_holding_hands
👬🏻 men_holding_hands_tone1 men_holding_hands_light_skin_tone
👬🏼 men_holding_hands_tone2 men_holding_hands_medium_light_skin_tone
👬🏽 men_holding_hands_tone3 men_holding_hands_medium_skin_tone
👬🏾 men_holding_hands_tone4 men_holding_hands_medium_dark_skin_tone
👬🏿 men_holding_hands_tone5 men_holding_hands_dark_skin_tone
👭 two_women_holding_hands
👭🏻 women_holding_hands_tone1 women_holding_hands_light_skin_tone
👭🏼 women_holding_hands_tone2 women_holding_hands_medium_light_skin_tone
👭🏽 women_holding_hands_tone3 women_holding_hands_medium_skin_tone
👭🏾 women_holding_hands_tone4 women_holding_hands_medium_dark_skin_tone
👭🏿 women_holding_hands_tone5 women_holding_hands_dark_skin_tone
👮 police_officer cop
👮‍♀ woman_police_officer
👮‍♂ man_police_officer
👯 people_with_bunny_ears_partying dancers
👯‍♀ women_with_bunny_ears_partying
👯‍♂ men_with_bunny_ears_partying
👰 person_with_veil
👰‍♀ woman_with_veil
👰‍♂ man_with_veil
👱 blond_haired_person person_with_blond_hair
👱‍♀ blond-haired_woman
👱‍♂ blond-haired_man
👲 man_with_chinese_cap man_with_gua_pi_mao
👳 person_wearing_turban man_with_turban
👳‍♀ woman_wearing_turban
👳‍♂ man_wearing_turban
👴 older_man old_man
👵 older_woman grandma old_woman
👶 baby
👷 construction_worker
👷‍♀ woman_construction_worker
👷‍♂ man_construction_worker
👸 princess
👹 japanese_ogre ogre
👺 japanese_goblin goblin
👻 ghost
👼 angel baby_angel
👽 alien
👾 space_invader alien_monster
👿 imp
💀 skull skeleton
💁 person_tipping_hand information_desk_person
💁‍♀ woman_tipping_hand
💁‍♂ man_tipping_hand
💂 guard guardsman
💂‍♀ woman_guard
💂‍♂ man_guard
💃 dancer woman_dancing
💄 lipstick
💅 nail_care nail_polish
💆 person_getting_massage massage
💆‍♀ woman_getting_face_massage
💆‍♂ man_getting_face_massage
💇 person_getting_haircut haircut
💇‍♀ woman_getting_haircut
💇‍♂ man_getting_haircut
💈 barber barber_pole
💉 syringe
💊 pill
💋 kiss kiss_mark
💌 love_letter
💍 ring
💎 gem gem_stone
💏 couplekiss
💏🏻 kiss_tone1 kiss_light_skin_tone
💏🏼 kiss_tone2 kiss_medium_light_skin_tone
💏🏽 kiss_tone3 kiss_medium_skin_tone
💏🏾 kiss_tone4 kiss_medium_dark_skin_tone
💏🏿 kiss_tone5 kiss_dark_skin_tone
💐 bouquet
💑 couple_with_heart
💒 wedding
💓 heartbeat beating_heart
💔 broken_heart
💕 two_hearts
💖 sparkling_heart
💗 heartpulse growing_heart
💘 cupid
💙 blue_heart
💚 green_heart
💛 yellow_heart
💜 purple_heart
💝 gift_heart
💞 revolving_hearts
💟 heart_decoration
💠 diamond_shape_with_a_dot_inside
💡 bulb light_bulb
💢 anger
💣 bomb
💤 zzz
💥 boom collision
💦 sweat_drops
💧 droplet
💨 dash dashing_away
💩 poop shit hankey poo pile_of_poo
💪 muscle flexed_biceps
💫 dizzy
💬 speech_balloon
💭 thought_balloon
💮 white_flower
💯 100
💰 moneybag money_bag
💱 currency_exchange
💲 heavy_dollar_sign
💳 credit_card
💴 yen yen_banknote
💵 dollar
💶 euro euro_banknote
💷 pound
💸 money_with_wings
💹 chart
💺 seat
💻 computer
💼 briefcase
💽 minidisc computer_disk
💾 floppy_disk
💿 cd optical_disk
📀 dvd
📁 file_folder
📂 open_file_folder
📃 page_with_curl
📄 page_facing_up
📅 date
📆 calendar
📇 card_index
📈 chart_with_upwards_trend
📉 chart_with_downwards_trend
📊 bar_chart
📋 clipboard
📌 pushpin
📍 round_pushpin
📎 paperclip
📏 straight_ruler
📐 triangular_ruler
📑 bookmark_tabs
📒 ledger
📓 notebook
📔 notebook_with_decorative_cover
📕 closed_book
📖 book open_book
📗 green_book
📘 blue_book
📙 orange_book
📚 books
📛 name_badge
📜 scroll
📝 pencil memo
📞 telephone_receiver
📟 pager
📠 fax fax_machine
📡 satellite
📢 loudspeaker
📣 mega megaphone
📤 outbox_tray
📥 inbox_tray
📦 package
📧 e-mail email e_mail
📨 incoming_envelope
📩 envelope_with_arrow
📪 mailbox_closed
📫 mailbox
📬 mailbox_with_mail
📭 mailbox_with_no_mail
📮 postbox
📯 postal_horn
📰 newspaper
📱 mobile_phone
📲 calling
📳 vibration_mode
📴 mobile_phone_off
📵 no_mobile_phones
📶 signal_strength antenna_bars
📷 camera
📸 camera_with_flash
📹 video_camera
📺 tv television
📻 radio
📼 vhs videocassette
📽 projector film_projector
📿 prayer_beads
🔀 twisted_rightwards_arrows
🔁 repeat
🔂 repeat_one
🔃 arrows_clockwise
🔄 arrows_counterclockwise
🔅 low_brightness
🔆 high_brightness
🔇 mute muted_speaker
🔈 speaker
🔉 sound
🔊 loud_sound
🔋 battery
🔌 electric_plug
🔍 mag
🔎 mag_right
🔏 lock_with_ink_pen
🔐 closed_lock_with_key
🔑 key
🔒 lock locked
🔓 unlock unlocked
🔔 bell
🔕 no_bell
🔖 bookmark
🔗 link
🔘 radio_button
🔙 back back_arrow
🔚 end end_arrow
🔛 on on_arrow
🔜 soon soon_arrow
🔝 top top_arrow
🔞 underage
🔟 keycap_ten
🔠 capital_abcd
🔡 abcd
🔢 1234 input_numbers
🔣 symbols input_symbols
🔤 abc
🔥 fire flame
🔦 flashlight
🔧 wrench
🔨 hammer
🔩 nut_and_bolt
🔪 knife kitchen_knife
🔫 gun pistol
🔬 microscope
🔭 telescope
🔮 crystal_ball
🔯 six_pointed_star
🔰 beginner
🔱 trident
🔲 black_square_button
🔳 white_square_button
🔴 red_circle
🔵 blue_circle
🔶 large_orange_diamond
🔷 large_blue_diamond
🔸 small_orange_diamond
🔹 small_blue_diamond
🔺 small_red_triangle
🔻 small_red_triangle_down
🔼 arrow_up_small
🔽 arrow_down_small
🕉 om_symbol
🕊 dove dove_of_peace
🕋 kaaba
🕌 mosque
🕍 synagogue
🕎 menorah
🕐 clock1 one_oclock
🕑 clock2 two_oclock
🕒 clock3 three_oclock
🕓 clock4 four_oclock
🕔 clock5 five_oclock
🕕 clock6 six_oclock
🕖 clock7 seven_oclock
🕗 clock8 eight_oclock
🕘 clock9 nine_oclock
🕙 clock10 ten_oclock
🕚 clock11 eleven_oclock
🕛 clock12 twelve_oclock
🕜 clock130 one_thirty
🕝 clock230 two_thirty
🕞 clock330 three_thirty
🕟 clock430 four_thirty
🕠 clock530 five_thirty
🕡 clock630 six_thirty
🕢 clock730 seven_thirty
🕣 clock830 eight_thirty
🕤 clock930 nine_thirty
🕥 clock1030 ten_thirty
🕦 clock1130 eleven_thirty
🕧 clock1230 twelve_thirty
🕯 candle
🕰 clock mantlepiece_clock
🕳 hole
🕴 levitate man_in_business_suit_levitating
🕵 detective spy sleuth_or_spy
🕵‍♀ woman_detective
🕵‍♂ man_detective
🕶 dark_sunglasses
🕷 spider
🕸 spider_web
🕹 joystick
🕺 man_dancing male_dancer
🖇 paperclips linked_paperclips
🖊 pen_ballpoint lower_left_ballpoint_pen pen
🖋 pen_fountain lower_left_fountain_pen fountain_pen
🖌 paintbrush lower_left_paintbrush
🖍 crayon lower_left_crayon
🖐 hand_splayed raised_hand_with_fingers_splayed
🖕 middle_finger reversed_hand_with_middle_finger_extended
🖖 vulcan raised_hand_with_part_between_middle_and_ring_fingers vulcan_salute
🖤 black_heart
🖥 desktop desktop_computer
🖨 printer
🖱 mouse_three_button three_button_mouse
🖲 trackball
🖼 frame_photo frame_with_picture
🗂 dividers card_index_dividers
🗃 card_box card_file_box
🗄 file_cabinet
🗑 wastebasket
🗒 notepad_spiral spiral_note_pad
🗓 calendar_spiral spiral_calendar_pad
🗜 compression clamp
🗝 key2 old_key
🗞 newspaper2 rolled_up_newspaper
🗡 dagger dagger_knife
🗣 speaking_head speaking_head_in_silhouette
🗨 speech_left left_speech_bubble
🗯 anger_right right_anger_bubble
🗳 ballot_box ballot_box_with_ballot
🗺 map world_map
🗻 mount_fuji
🗼 tokyo_tower
🗽 statue_of_liberty
🗾 japan map_of_japan
🗿 moyai moai
😀 grinning grinning_face
😁 grin
😂 joy
😃 smiley
😄 smile
😅 sweat_smile
😆 laughing satisfied
😇 innocent
😈 smiling_imp
😉 wink winking_face
😊 blush
😋 yum
😌 relieved relieved_face
😍 heart_eyes
😎 sunglasses
😏 smirk smirking_face
😐 neutral_face
😑 expressionless
😒 unamused unamused_face
😓 sweat
😔 pensive pensive_face
😕 confused confused_face
😖 confounded
😗 kissing kissing_face
😘 kissing_heart
😙 kissing_smiling_eyes
😚 kissing_closed_eyes
😛 stuck_out_tongue
😜 stuck_out_tongue_winking_eye
😝 stuck_out_tongue_closed_eyes
😞 disappointed
😟 worried worried_face
😠 angry angry_face
😡 rage pouting_face
😢 cry crying_face
😣 persevere
😤 triumph
😥 disappointed_relieved
😦 frowning
😧 anguished
😨 fearful fearful_face
😩 weary weary_face
😪 sleepy sleepy_face
😫 tired_face
😬 grimacing
😭 sob
😮 open_mouth
😮‍💨 face_exhaling
😯 hushed hushed_face
😰 cold_sweat
😱 scream
😲 astonished
😳 flushed flushed_face
😴 sleeping sleeping_face
😵 dizzy_face
😵‍💫 face_with_spiral_eyes
😶 no_mouth
😶‍🌫 face_in_clouds
😷 mask
😸 smile_cat
😹 joy_cat
😺 smiley_cat grinning_cat
😻 heart_eyes_cat
😼 smirk_cat
😽 kissing_cat
😾 pouting_cat
😿 crying_cat_face crying_cat
🙀 scream_cat weary_cat
🙁 slight_frown slightly_frowning_face
🙂 slight_smile slightly_smiling_face
🙂‍↔ head_shaking_horizontally
🙂‍↕ head_shaking_vertically
🙃 upside_down upside_down_face
🙄 rolling_eyes face_with_rolling_eyes
🙅 person_gesturing_no no_good
🙅‍♀ woman_gesturing_no
🙅‍♂ man_gesturing_no
🙆 person_gesturing_ok ok_woman
🙆‍♀ woman_gesturing_ok
🙆‍♂ man_gesturing_ok
🙇 person_bowing bow
🙇‍♀ woman_bowing
🙇‍♂ man_bowing
🙈 see_no_evil
🙉 hear_no_evil
🙊 speak_no_evil
🙋 person_raising_hand raising_hand
🙋‍♀ woman_raising_hand
🙋‍♂ man_raising_hand
🙌 raised_hands raising_hands
🙍 person_frowning
🙍‍♀ woman_frowning
🙍‍♂ man_frowning
🙎 person_pouting person_with_pouting_face
🙎‍♀ woman_pouting
🙎‍♂ man_pouting
🙏 pray folded_hands
🚀 rocket
🚁 helicopter
🚂 steam_locomotive locomotive
🚃 railway_car
🚄 bullettrain_side
🚅 bullettrain_front bullet_train
🚆 train2
🚇 metro
🚈 light_rail
🚉 station
🚊 tram
🚋 train tram_car
🚌 bus
🚍 oncoming_bus
🚎 trolleybus
🚏 busstop bus_stop
🚐 minibus
🚑 ambulance
🚒 fire_engine
🚓 police_car
🚔 oncoming_police_car
🚕 taxi
🚖 oncoming_taxi
🚗 red_car automobile
🚘 oncoming_automobile
🚙 blue_car
🚚 truck
🚛 articulated_lorry
🚜 tractor
🚝 monorail
🚞 mountain_railway
🚟 suspension_railway
🚠 mountain_cableway
🚡 aerial_tramway
🚢 ship
🚣 person_rowing_boat rowboat
🚣‍♀ woman_rowing_boat
🚣‍♂ man_rowing_boat
🚤 speedboat
🚥 traffic_light
🚦 vertical_traffic_light
🚧 construction
🚨 rotating_light
🚩 triangular_flag_on_post
🚪 door
🚫 no_entry_sign prohibited
🚬 smoking cigarette
🚭 no_smoking
🚮 put_litter_in_its_place
🚯 do_not_litter no_littering
🚰 potable_water
🚱 non-potable_water
🚲 bike bicycle
🚳 no_bicycles
🚴 person_biking bicyclist
🚴‍♀ woman_biking
🚴‍♂ man_biking
🚵 person_mountain_biking mountain_bicyclist
🚵‍♀ woman_mountain_biking
🚵‍♂ man_mountain_biking
🚶 person_walking walking
🚶‍♀ woman_walking
🚶‍♀‍➡ woman_walking_facing_right
🚶‍♂ man_walking
🚶‍♂‍➡ man_walking_facing_right
🚶‍➡ person_walking_facing_right
🚷 no_pedestrians
🚸 children_crossing
🚹 mens mens_room
🚺 womens womens_room
🚻 restroom
🚼 baby_symbol
🚽 toilet
🚾 wc water_closet
🚿 shower
🛀 bath
🛁 bathtub
🛂 passport_control
🛃 customs
🛄 baggage_claim
🛅 left_luggage
🛋 couch couch_and_lamp
🛌 sleeping_accommodation person_in_bed
🛍 shopping_bags
🛎 bellhop bellhop_bell
🛏 bed
🛐 place_of_worship worship_symbol
🛑 octagonal_sign stop_sign
🛒 shopping_cart shopping_trolley
🛕 hindu_temple
🛖 hut
🛗 elevator
🛜 wireless
🛝 playground_slide
🛞 wheel
🛟 ring_buoy
🛠 tools hammer_and_wrench
🛡 shield
🛢 oil oil_drum
🛣 motorway
🛤 railway_track railroad_track
🛥 motorboat motor_boat
🛩 airplane_small small_airplane
🛫 airplane_departure
🛬 airplane_arriving
🛰 satellite_orbital
🛳 cruise_ship passenger_ship
🛴 scooter kick_scooter
🛵 motor_scooter motorbike
🛶 canoe kayak
🛷 sled
🛸 flying_saucer
🛹 skateboard
🛺 auto_rickshaw
🛻 pickup_truck
🛼 roller_skate
🟠 orange_circle
🟡 yellow_circle
🟢 green_circle
🟣 purple_circle
🟤 brown_circle
🟥 red_square
🟦 blue_square
🟧 orange_square
🟨 yellow_square
🟩 green_square
🟪 purple_square
🟫 brown_square
🟰 heavy_equals_sign
🤌 pinched_fingers
🤍 white_heart
🤎 brown_heart
🤏 pinching_hand
🤐 zipper_mouth zipper_mouth_face
🤑 money_mouth money_mouth_face
🤒 thermometer_face face_with_thermometer
🤓 nerd nerd_face
🤔 thinking thinking_face
🤕 head_bandage face_with_head_bandage
🤖 robot robot_face
🤗 hugging hugging_face
🤘 metal sign_of_the_horns
🤙 call_me call_me_hand
🤚 raised_back_of_hand back_of_hand
🤛 left_facing_fist left_fist
🤜 right_facing_fist right_fist
🤝 handshake shaking_hands
🤞 fingers_crossed hand_with_index_and_middle_finger_crossed
🤞🏻 hand_with_index_and_middle_fingers_crossed_tone1
🤞🏼 hand_with_index_and_middle_fingers_crossed_tone2
🤞🏽 hand_with_index_and_middle_fingers_crossed_tone3
🤞🏾 hand_with_index_and_middle_fingers_crossed_tone4
🤞🏿 hand_with_index_and_middle_fingers_crossed_tone5
🤟 love_you_gesture
🤠 cowboy face_with_cowboy_hat
🤡 clown clown_face
🤢 nauseated_face sick
🤣 rofl rolling_on_the_floor_laughing
🤤 drooling_face drool
🤥 lying_face liar
🤦 person_facepalming face_palm facepalm
🤦‍♀ woman_facepalming
🤦‍♂ man_facepalming
🤧 sneezing_face sneeze
🤨 face_with_raised_eyebrow
🤩 star_struck
🤪 zany_face
🤫 shushing_face
🤬 face_with_symbols_over_mouth
🤭 face_with_hand_over_mouth
🤮 face_vomiting
🤯 exploding_head
🤰 pregnant_woman expecting_woman
🤱 breast_feeding
🤲 palms_up_together
🤳 selfie
🤴 prince
🤵 person_in_tuxedo
🤵‍♀ woman_in_tuxedo
🤵‍♂ man_in_tuxedo
🤵🏻 tuxedo_tone1
🤵🏼 tuxedo_tone2
🤵🏽 tuxedo_tone3
🤵🏾 tuxedo_tone4
🤵🏿 tuxedo_tone5
🤶 mrs_claus mother_christmas
🤷 person_shrugging shrug
🤷‍♀ woman_shrugging
🤷‍♂ man_shrugging
🤸 person_doing_cartwheel cartwheel
🤸‍♀ woman_cartwheeling
🤸‍♂ man_cartwheeling
🤹 person_juggling juggling juggler
🤹‍♀ woman_juggling
🤹‍♂ man_juggling
🤺 person_fencing fencer fencing
🤼 people_wrestling wrestlers wrestling
🤼‍♀ women_wrestling
🤼‍♂ men_wrestling
🤽 person_playing_water_polo water_polo
🤽‍♀ woman_playing_water_polo
🤽‍♂ man_playing_water_polo
🤾 person_playing_handball handball
🤾‍♀ woman_playing_handball
🤾‍♂ man_playing_handball
🤿 diving_mask
🥀 wilted_rose wilted_flower
🥁 drum drum_with_drumsticks
🥂 champagne_glass clinking_glass
🥃 tumbler_glass whisky
🥄 spoon
🥅 goal goal_net
🥇 first_place first_place_medal
🥈 second_place second_place_medal
🥉 third_place third_place_medal
🥊 boxing_glove boxing_gloves
🥋 martial_arts_uniform karate_uniform
🥌 curling_stone
🥍 lacrosse
🥎 softball
🥏 flying_disc
🥐 croissant
🥑 avocado
🥒 cucumber
🥓 bacon
🥔 potato
🥕 carrot
🥖 french_bread baguette_bread
🥗 salad green_salad
🥘 shallow_pan_of_food paella
🥙 stuffed_flatbread stuffed_pita
🥚 egg
🥛 milk glass_of_milk
🥜 peanuts shelled_peanut
🥝 kiwi kiwifruit kiwi_fruit
🥞 pancakes
🥟 dumpling
🥠 fortune_cookie
🥡 takeout_box
🥢 chopsticks
🥣 bowl_with_spoon
🥤 cup_with_straw
🥥 coconut
🥦 broccoli
🥧 pie
🥨 pretzel
🥩 cut_of_meat
🥪 sandwich
🥫 canned_food
🥬 leafy_green
🥭 mango
🥮 moon_cake
🥯 bagel
🥰 smiling_face_with_3_hearts
🥱 yawning_face
🥲 smiling_face_with_tear
🥳 partying_face
🥴 woozy_face
🥵 hot_face
🥶 cold_face
🥷 ninja
🥸 disguised_face
🥹 face_holding_back_tears
🥺 pleading_face
🥻 sari
🥼 lab_coat
🥽 goggles
🥾 hiking_boot
🥿 womans_flat_shoe flat_shoe
🦀 crab
🦁 lion_face lion
🦂 scorpion
🦃 turkey
🦄 unicorn unicorn_face
🦅 eagle
🦆 duck
🦇 bat
🦈 shark
🦉 owl
🦊 fox fox_face
🦋 butterfly
🦌 deer
🦍 gorilla
🦎 lizard
🦏 rhino rhinoceros
🦐 shrimp
🦑 squid
🦒 giraffe
🦓 zebra
🦔 hedgehog
🦕 sauropod
🦖 t_rex
🦗 cricket
🦘 kangaroo
🦙 llama
🦚 peacock
🦛 hippopotamus
🦜 parrot
🦝 raccoon
🦞 lobster
🦟 mosquito
🦠 microbe
🦡 badger
🦢 swan
🦣 mammoth
🦤 dodo
🦥 sloth
🦦 otter
🦧 orangutan
🦨 skunk
🦩 flamingo
🦪 oyster
🦫 beaver
🦬 bison
🦭 seal
🦮 guide_dog
🦯 probing_cane
🦰 red_haired red_hair
🦱 curly_haired curly_hair
🦲 bald
🦳 white_haired white_hair
🦴 bone
🦵 leg
🦶 foot
🦷 tooth
🦸 superhero
🦸‍♀ woman_superhero
🦸‍♂ man_superhero
🦹 supervillain
🦹‍♀ woman_supervillain
🦹‍♂ man_supervillain
🦺 safety_vest
🦻 ear_with_hearing_aid
🦼 motorized_wheelchair
🦽 manual_wheelchair
🦾 mechanical_arm
🦿 mechanical_leg
🧀 cheese cheese_wedge
🧁 cupcake
🧂 salt
🧃 beverage_box
🧄 garlic
🧅 onion
🧆 falafel
🧇 waffle
🧈 butter
🧉 mate
🧊 ice_cube
🧋 bubble_tea
🧌 troll
🧍 person_standing
🧍‍♀ woman_standing
🧍‍♂ man_standing
🧎 person_kneeling
🧎‍♀ woman_kneeling
🧎‍♀‍➡ woman_kneeling_facing_right
🧎‍♂ man_kneeling
🧎‍♂‍➡ man_kneeling_facing_right
🧎‍➡ person_kneeling_facing_right
🧏 deaf_person
🧏‍♀ deaf_woman
🧏‍♂ deaf_man
🧐 face_with_monocle
🧑 adult person
🧑‍⚕ health_worker
🧑‍⚖ judge
🧑‍✈ pilot
🧑‍🌾 farmer
🧑‍🍳 cook
🧑‍🍼 person_feeding_baby
🧑‍🎄 mx_claus
🧑‍🎓 student
🧑‍🎤 singer
🧑‍🎨 artist
🧑‍🏫 teacher
🧑‍🏭 factory_worker
🧑‍💻 technologist
🧑‍💼 office_worker
🧑‍🔧 mechanic
🧑‍🔬 scientist
🧑‍🚀 astronaut
🧑‍🚒 firefighter
🧑‍🤝‍🧑 people_holding_hands
🧑‍🦯 person_with_probing_cane
🧑‍🦯‍➡ person_with_white_cane_facing_right
🧑‍🦰 person_red_hair
🧑‍🦱 person_curly_hair
🧑‍🦲 person_bald
🧑‍🦳 person_white_hair
🧑‍🦼 person_in_motorized_wheelchair
🧑‍🦼‍➡ person_in_motorized_wheelchair_facing_right
🧑‍🦽 person_in_manual_wheelchair
🧑‍🦽‍➡ person_in_manual_wheelchair_facing_right
🧑‍🧑‍🧒 family_adult_adult_child
🧑‍🧑‍🧒‍🧒 family_adult_adult_child_child
🧑‍🧒 family_adult_child
🧑‍🧒‍🧒 family_adult_child_child
🧑🏻‍❤‍💋‍🧑🏼 kiss_person_person_tone1_tone2 kiss_person_person_light_skin_tone_medium_light_skin_tone
🧑🏻‍❤‍💋‍🧑🏽 kiss_person_person_tone1_tone3 kiss_person_person_light_skin_tone_medium_skin_tone
🧑🏻‍❤‍💋‍🧑🏾 kiss_person_person_tone1_tone4 kiss_person_person_light_skin_tone_medium_dark_skin_tone
🧑🏻‍❤‍💋‍🧑🏿 kiss_person_person_tone1_tone5 kiss_person_person_light_skin_tone_dark_skin_tone
🧑🏻‍❤‍🧑🏼 couple_with_heart_person_person_tone1_tone2
🧑🏻‍❤‍🧑🏼 couple_with_heart_person_person_light_skin_tone_medium_light_skin_tone
🧑🏻‍❤‍🧑🏽 couple_with_heart_person_person_tone1_tone3
🧑🏻‍❤‍🧑🏽 couple_with_heart_person_person_light_skin_tone_medium_skin_tone
🧑🏻‍❤‍🧑🏾 couple_with_heart_person_person_tone1_tone4
🧑🏻‍❤‍🧑🏾 couple_with_heart_person_person_light_skin_tone_medium_dark_skin_tone
🧑🏻‍❤‍🧑🏿 couple_with_heart_person_person_tone1_tone5
🧑🏻‍❤‍🧑🏿 couple_with_heart_person_person_light_skin_tone_dark_skin_tone
🧑🏻‍🦰 person_tone1_red_hair person_light_skin_tone_red_hair
🧑🏻‍🦱 person_tone1_curly_hair person_light_skin_tone_curly_hair
🧑🏻‍🦲 person_tone1_bald person_light_skin_tone_bald
🧑🏻‍🦳 person_tone1_white_hair person_light_skin_tone_white_hair
🧑🏼‍❤‍💋‍🧑🏻 kiss_person_person_tone2_tone1 kiss_person_person_medium_light_skin_tone_light_skin_tone
🧑🏼‍❤‍💋‍🧑🏽 kiss_person_person_tone2_tone3 kiss_person_person_medium_light_skin_tone_medium_skin_tone
🧑🏼‍❤‍💋‍🧑🏾 kiss_person_person_tone2_tone4
🧑🏼‍❤‍💋‍🧑🏾 kiss_person_person_medium_light_skin_tone_medium_dark_skin_tone
🧑🏼‍❤‍💋‍🧑🏿 kiss_person_person_tone2_tone5 kiss_person_person_medium_light_skin_tone_dark_skin_tone
🧑🏼‍❤‍🧑🏻 couple_with_heart_person_person_tone2_tone1
🧑🏼‍❤‍🧑🏻 couple_with_heart_person_person_medium_light_skin_tone_light_skin_tone
🧑🏼‍❤‍🧑🏽 couple_with_heart_person_person_tone2_tone3
🧑🏼‍❤‍🧑🏽 couple_with_heart_person_person_medium_light_skin_tone_medium_skin_tone
🧑🏼‍❤‍🧑🏾 couple_with_heart_person_person_tone2_tone4
🧑🏼‍❤‍🧑🏾 couple_with_heart_person_person_medium_light_skin_tone_medium_dark_skin_tone
🧑🏼‍❤‍🧑🏿 couple_with_heart_person_person_tone2_tone5
🧑🏼‍❤‍🧑🏿 couple_with_heart_person_person_medium_light_skin_tone_dark_skin_tone
🧑🏼‍🦰 person_tone2_red_hair person_medium_light_skin_tone_red_hair
🧑🏼‍🦱 person_tone2_curly_hair person_medium_light_skin_tone_curly_hair
🧑🏼‍🦲 person_tone2_bald person_medium_light_skin_tone_bald
🧑🏼‍🦳 person_tone2_white_hair person_medium_light_skin_tone_white_hair
🧑🏽‍❤‍💋‍🧑🏻 kiss_person_person_tone3_tone1 kiss_person_person_medium_skin_tone_light_skin_tone
🧑🏽‍❤‍💋‍🧑🏼 kiss_person_person_tone3_tone2 kiss_person_person_medium_skin_tone_medium_light_skin_tone
🧑🏽‍❤‍💋‍🧑🏾 kiss_person_person_tone3_tone4 kiss_person_person_medium_skin_tone_medium_dark_skin_tone
🧑🏽‍❤‍💋‍🧑🏿 kiss_person_person_tone3_tone5 kiss_person_person_medium_skin_tone_dark_skin_tone
🧑🏽‍❤‍🧑🏻 couple_with_heart_person_person_tone3_tone1
🧑🏽‍❤‍🧑🏻 couple_with_heart_person_person_medium_skin_tone_light_skin_tone
🧑🏽‍❤‍🧑🏼 couple_with_heart_person_person_tone3_tone2
🧑🏽‍❤‍🧑🏼 couple_with_heart_person_person_medium_skin_tone_medium_light_skin_tone
🧑🏽‍❤‍🧑🏾 couple_with_heart_person_person_tone3_tone4
🧑🏽‍❤‍🧑🏾 couple_with_heart_person_person_medium_skin_tone_medium_dark_skin_tone
🧑🏽‍❤‍🧑🏿 couple_with_heart_person_person_tone3_tone5
🧑🏽‍❤‍🧑🏿 couple_with_heart_person_person_medium_skin_tone_dark_skin_tone
🧑🏽‍🦰 person_tone3_red_hair person_medium_skin_tone_red_hair
🧑🏽‍🦱 person_tone3_curly_hair person_medium_skin_tone_curly_hair
🧑🏽‍🦲 person_tone3_bald person_medium_skin_tone_bald
🧑🏽‍🦳 person_tone3_white_hair person_medium_skin_tone_white_hair
🧑🏾‍❤‍💋‍🧑🏻 kiss_person_person_tone4_tone1 kiss_person_person_medium_dark_skin_tone_light_skin_tone
🧑🏾‍❤‍💋‍🧑🏼 kiss_person_person_tone4_tone2
🧑🏾‍❤‍💋‍🧑🏼 kiss_person_person_medium_dark_skin_tone_medium_light_skin_tone
🧑🏾‍❤‍💋‍🧑🏽 kiss_person_person_tone4_tone3 kiss_person_person_medium_dark_skin_tone_medium_skin_tone
🧑🏾‍❤‍💋‍🧑🏿 kiss_person_person_tone4_tone5 kiss_person_person_medium_dark_skin_tone_dark_skin_tone
🧑🏾‍❤‍🧑🏻 couple_with_heart_person_person_tone4_tone1
🧑🏾‍❤‍🧑🏻 couple_with_heart_person_person_medium_dark_skin_tone_light_skin_tone
🧑🏾‍❤‍🧑🏼 couple_with_heart_person_person_tone4_tone2
🧑🏾‍❤‍🧑🏼 couple_with_heart_person_person_medium_dark_skin_tone_medium_light_skin_tone
🧑🏾‍❤‍🧑🏽 couple_with_heart_person_person_tone4_tone3
🧑🏾‍❤‍🧑🏽 couple_with_heart_person_person_medium_dark_skin_tone_medium_skin_tone
🧑🏾‍❤‍🧑🏿 couple_with_heart_person_person_tone4_tone5
🧑🏾‍❤‍🧑🏿 couple_with_heart_person_person_medium_dark_skin_tone_dark_skin_tone
🧑🏾‍🦰 person_tone4_red_hair person_medium_dark_skin_tone_red_hair
🧑🏾‍🦱 person_tone4_curly_hair person_medium_dark_skin_tone_curly_hair
🧑🏾‍🦲 person_tone4_bald person_medium_dark_skin_tone_bald
🧑🏾‍🦳 person_tone4_white_hair person_medium_dark_skin_tone_white_hair
🧑🏿‍❤‍💋‍🧑🏻 kiss_person_person_tone5_tone1 kiss_person_person_dark_skin_tone_light_skin_tone
🧑🏿‍❤‍💋‍🧑🏼 kiss_person_person_tone5_tone2 kiss_person_person_dark_skin_tone_medium_light_skin_tone
🧑🏿‍❤‍💋‍🧑🏽 kiss_person_person_tone5_tone3 kiss_person_person_dark_skin_tone_medium_skin_tone
🧑🏿‍❤‍💋‍🧑🏾 kiss_person_person_tone5_tone4 kiss_person_person_dark_skin_tone_medium_dark_skin_tone
🧑🏿‍❤‍🧑🏻 couple_with_heart_person_person_tone5_tone1
🧑🏿‍❤‍🧑🏻 couple_with_heart_person_person_dark_skin_tone_light_skin_tone
🧑🏿‍❤‍🧑🏼 couple_with_heart_person_person_tone5_tone2
🧑🏿‍❤‍🧑🏼 couple_with_heart_person_person_dark_skin_tone_medium_light_skin_tone
🧑🏿‍❤‍🧑🏽 couple_with_heart_person_person_tone5_tone3
🧑🏿‍❤‍🧑🏽 couple_with_heart_person_person_dark_skin_tone_medium_skin_tone
🧑🏿‍❤‍🧑🏾 couple_with_heart_person_person_tone5_tone4
🧑🏿‍❤‍🧑🏾 couple_with_heart_person_person_dark_skin_tone_medium_dark_skin_tone
🧑🏿‍🦰 person_tone5_red_hair person_dark_skin_tone_red_hair
🧑🏿‍🦱 person_tone5_curly_hair person_dark_skin_tone_curly_hair
🧑🏿‍🦲 person_tone5_bald person_dark_skin_tone_bald
🧑🏿‍🦳 person_tone5_white_hair person_dark_skin_tone_white_hair
🧒 child
🧓 older_adult older_person
🧔 bearded_person person_beard
🧔‍♀ woman_beard
🧔‍♂ man_beard
🧔🏻‍♀ woman_tone1_beard woman_light_skin_tone_beard
🧔🏻‍♂ man_tone1_beard man_light_skin_tone_beard
🧔🏼‍♀ woman_tone2_beard woman_medium_light_skin_tone_beard
🧔🏼‍♂ man_tone2_beard man_medium_light_skin_tone_beard
🧔🏽‍♀ woman_tone3_beard woman_medium_skin_tone_beard
🧔🏽‍♂ man_tone3_beard man_medium_skin_tone_beard
🧔🏾‍♀ woman_tone4_beard woman_medium_dark_skin_tone_beard
🧔🏾‍♂ man_tone4_beard man_medium_dark_skin_tone_beard
🧔🏿‍♀ woman_tone5_beard woman_dark_skin_tone_beard
🧔🏿‍♂ man_tone5_beard man_dark_skin_tone_beard
🧕 woman_with_headscarf
🧖 person_in_steamy_room
🧖‍♀ woman_in_steamy_room
🧖‍♂ man_in_steamy_room
🧗 person_climbing
🧗‍♀ woman_climbing
🧗‍♂ man_climbing
🧘 person_in_lotus_position
🧘‍♀ woman_in_lotus_position
🧘‍♂ man_in_lotus_position
🧙 mage
🧙‍♀ woman_mage
🧙‍♂ man_mage
🧚 fairy
🧚‍♀ woman_fairy
🧚‍♂ man_fairy
🧛 vampire
🧛‍♀ woman_vampire
🧛‍♂ man_vampire
🧜 merperson
🧜‍♀ mermaid
🧜‍♂ merman
🧝 elf
🧝‍♀ woman_elf
🧝‍♂ man_elf
🧞 genie
🧞‍♀ woman_genie
🧞‍♂ man_genie
🧟 zombie
🧟‍♀ woman_zombie
🧟‍♂ man_zombie
🧠 brain
🧡 orange_heart
🧢 billed_cap
🧣 scarf
🧤 gloves
🧥 coat
🧦 socks
🧧 red_envelope
🧨 firecracker
🧩 jigsaw puzzle_piece
🧪 test_tube
🧫 petri_dish
🧬 dna
🧭 compass
🧮 abacus
🧯 fire_extinguisher
🧰 toolbox
🧱 bricks brick
🧲 magnet
🧳 luggage
🧴 squeeze_bottle lotion_bottle
🧵 thread
🧶 yarn
🧷 safety_pin
🧸 teddy_bear
🧹 broom
🧺 basket
🧻 roll_of_paper
🧼 soap
🧽 sponge
🧾 receipt
🧿 nazar_amulet
🩰 ballet_shoes
🩱 one_piece_swimsuit
🩲 briefs
🩳 shorts
🩴 thong_sandal
🩵 light_blue_heart
🩶 grey_heart
🩷 pink_heart
🩸 drop_of_blood
🩹 adhesive_bandage
🩺 stethoscope
🩻 x_ray
🩼 crutch
🪀 yo_yo
🪁 kite
🪂 parachute
🪃 boomerang
🪄 magic_wand
🪅 pinata
🪆 nesting_dolls
🪇 maracas
🪈 flute
🪐 ringed_planet
🪑 chair
🪒 razor
🪓 axe
🪔 diya_lamp
🪕 banjo
🪖 military_helmet
🪗 accordion
🪘 long_drum
🪙 coin
🪚 carpentry_saw
🪛 screwdriver
🪜 ladder
🪝 hook
🪞 mirror
🪟 window
🪠 plunger
🪡 sewing_needle
🪢 knot
🪣 bucket
🪤 mouse_trap
🪥 toothbrush
🪦 headstone
🪧 placard
🪨 rock
🪩 mirror_ball
🪪 identification_card
🪫 low_battery
🪬 hamsa
🪭 folding_hand_fan
🪮 hair_pick
🪯 khanda
🪰 fly
🪱 worm
🪲 beetle
🪳 cockroach
🪴 potted_plant
🪵 wood
🪶 feather
🪷 lotus
🪸 coral
🪹 empty_nest
🪺 nest_with_eggs
🪻 hyacinth
🪼 jellyfish
🪽 wing
🪿 goose
🫀 anatomical_heart
🫁 lungs
🫂 people_hugging
🫃 pregnant_man
🫄 pregnant_person
🫅 person_with_crown
🫎 moose
🫏 donkey
🫐 blueberries
🫑 bell_pepper
🫒 olive
🫓 flatbread
🫔 tamale
🫕 fondue
🫖 teapot
🫗 pouring_liquid
🫘 beans
🫙 jar
🫚 ginger_root
🫛 pea_pod
🫠 melting_face
🫡 saluting_face
🫢 face_with_open_eyes_and_hand_over_mouth
🫣 face_with_peeking_eye
🫤 face_with_diagonal_mouth
🫥 dotted_line_face
🫦 biting_lip
🫧 bubbles
🫨 shaking_face
🫰 hand_with_index_finger_and_thumb_crossed
🫱 rightwards_hand
🫲 leftwards_hand
🫳 palm_down_hand
🫴 palm_up_hand
🫵 index_pointing_at_the_viewer
🫶 heart_hands
🫷 leftwards_pushing_hand
🫸 rightwards_pushing_hand
"""
