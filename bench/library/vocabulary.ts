const list = (text: string): string[] =>
  text
    .split(/[,，]/)
    .map((phrase) => phrase.trim().replace(/\s+/g, ' '))
    .filter((phrase) => phrase !== '');

/** What prompts are made of in one language; within a list the frequent comes before the rare. */
export interface Vocabulary {
  readonly quality: readonly string[];
  readonly subjects: readonly string[];
  readonly details: readonly string[];
  readonly settings: readonly string[];
  readonly styles: readonly string[];
  readonly modifiers: readonly string[];
  readonly negative: readonly string[];
}

export const english: Vocabulary = {
  quality: list(`masterpiece, best quality, highly detailed, 8k, sharp focus, ultra-detailed, absurdres,
    highres, intricate details, RAW photo, professional, award winning, very aesthetic, newest, score_9,
    score_8_up, HDR, 4k wallpaper, trending on artstation, octane render, photorealistic, uhd`),
  subjects:
    list(`1girl, portrait of an old fisherman, cat sleeping on a windowsill, steampunk airship, knight in
    ornate armor, red sports car, mountain village, samurai with a katana, robot gardener, dragon perched on
    a cliff, astronaut, lighthouse on a rock, fox spirit, wizard reading a scroll, bowl of ramen, ballerina,
    underwater temple, wolf howling, mermaid, cyborg detective, wooden sailing ship, tea house, owl with large
    eyes, desert caravan, floating island, street musician, deer in antlers of light, ancient library, vampire
    countess, mechanical spider, hot air balloon, gothic cathedral, child with a lantern, space station, koi
    pond, viking warrior, treehouse, jazz singer, snow leopard, clockwork owl, alchemist laboratory, coral
    reef, train crossing a viaduct, forest witch, chess game, tiny house on a mushroom, elephant parade, moon
    rabbit, blacksmith at the anvil, sand castle, glass greenhouse, polar bear, tango dancers, haunted mansion,
    motorcycle racer, queen of bees, stone golem, paper crane, bakery window, crystal cave, phoenix rising,
    monk meditating, market stall with spices, jellyfish swarm, scarecrow, ice palace, violin maker, hedgehog
    with a hat, oil rig, diver with a brass helmet, royal banquet, ferris wheel, bonsai tree, ghost train,
    harpy, flower shop, windmill, astronomer with a telescope, salamander, waterfall bridge, toy soldier`),
  details:
    list(`long hair, blue eyes, smile, looking at viewer, silver hair, freckles, leather jacket, flowing
    dress, glowing runes, golden ornaments, weathered hands, scarf, hooded cloak, cherry blossoms, brass
    gears, twin tails, umbrella, tattered banner, lace gloves, bandaged arm, cracked stone, mossy roots,
    copper pipes, stained glass, candles, feathered wings, neon sign, tartan skirt, fur collar, round glasses,
    crescent earring, jade pendant, chainmail, paper lanterns, embroidered kimono, holographic visor, wet
    fur, spiral horns, ivory mask, rope bridge, red ribbon, sunflower crown, pocket watch, quilted coat, fishing
    net, porcelain skin, tribal tattoo, silk veil, wooden crates, clay pots, velvet curtain, rusted hull,
    marble columns, emerald scales, mirror shards, checkered floor, origami birds, plaid shirt, pearl necklace,
    thorny vines, blue flame, iron chains, wicker basket, polka dots, broken sword, starry cape, straw hat`),
  settings:
    list(`outdoors, city street at night, dense forest, beach at sunset, snowy mountains, rainy alley, old
    town square, bamboo grove, wheat field, abandoned factory, rooftop garden, flooded ruins, desert dunes,
    cozy bedroom, spaceship corridor, cherry orchard, frozen lake, lavender field, volcanic island, subway
    station, medieval castle, fishing harbor, night market, misty swamp, sunlit kitchen, grand staircase,
    meadow with poppies, canyon, terraced rice fields, observatory dome, train compartment, cathedral nave,
    orbital ring, cave with glowworms, suburban backyard, carnival at dusk, courtyard with fountain, salt
    flats, overgrown highway, autumn park, cliffside monastery, arctic tundra, opera stage, laundromat`),
  styles:
    list(`anime style, oil painting, watercolor, cinematic still, digital painting, 35mm film photo, pixel
    art, line art, concept art, studio ghibli inspired, ukiyo-e, low poly, claymation, charcoal sketch, art
    nouveau, vaporwave, isometric, children's book illustration, baroque, film noir, impressionism, gouache,
    synthwave, comic book, stained glass style, pencil drawing, dark fantasy, minimalist poster, double
    exposure, tilt-shift, paper cutout, retro futurism, woodcut, pastel drawing, macro photography`),
  modifiers:
    list(`soft lighting, depth of field, detailed background, cinematic lighting, bokeh, vibrant colors,
    volumetric light, rim light, golden hour, from above, close-up, wide shot, upper body, full body, dynamic
    pose, wind, simple background, white background, backlighting, film grain, warm colors, cool tones, fog,
    reflection, rain, night, sunset, from below, profile view, motion blur, sparkles, dramatic shadows,
    symmetrical, muted palette, particles, lens flare, three quarter view, sitting, standing, walking,
    running, hands in pockets, arms crossed, closed eyes, open mouth, head tilt, morning light, moonlight, dust
    motes, storm clouds, clear sky, rainbow, aurora, fireflies, snowfall, falling leaves, steam, smoke, ripples,
    silhouette, high contrast, monochrome, sepia, pastel colors, neon lights, candlelight, overcast, harsh
    sunlight, chromatic aberration, fisheye, wide angle, telephoto, long exposure, shallow focus, dutch angle,
    bird's eye view, worm's eye view, centered, negative space, leading lines, golden ratio, crowded, empty,
    serene, melancholic, joyful, ominous, dreamy, whimsical, epic scale, intimate, nostalgic, mysterious,
    glossy, matte, rough texture, brush strokes, ink splatter, halftone, cross hatching, gradient background`),
  negative:
    list(`worst quality, low quality, bad anatomy, bad hands, extra fingers, missing fingers, watermark,
    signature, text, blurry, jpeg artifacts, cropped, out of frame, lowres, username, deformed, mutated, ugly,
    extra limbs, poorly drawn face, duplicate, error, normal quality, long neck, fused fingers, cloned face,
    disfigured, grainy, oversaturated, bad proportions, EasyNegative, logo, monochrome, nsfw`),
};

export const chinese: Vocabulary = {
  quality: list(
    `杰作，最佳质量，超高清，极致细节，8k，电影质感，高分辨率，大师作品，精致的五官，专业摄影，光影细腻，超现实细节`,
  ),
  subjects:
    list(`汉服少女，水墨山水，赛博朋克城市，白发剑客，熊猫吃竹子，江南水乡，古代宫殿，机械姬，九尾狐，敦煌飞天，
    茶馆老人，雪中红梅，锦鲤池塘，青铜巨龙，长城日出，书法家，灯笼夜市，武侠少年，月下桂树，蒸汽机车，
    苗族银饰女子，太空电梯，竹林小屋，京剧花旦，荷塘蜻蜓，草原骏马，火锅宴席，瓷器工匠，桂林渔夫，窗边的橘猫`),
  details:
    list(`长发，红色油纸伞，金色纹样，丝绸披帛，玉佩，微笑，雾气缭绕，莲花，发簪，古琴，飘落的花瓣，银色铠甲，
    霓虹灯牌，竹笛，折扇，刺绣，泪痣，木质窗棂，石狮子，风铃，墨迹，青砖，红绳，纸鸢，铜镜，雕花屏风`),
  settings:
    list(`夜晚的街道，竹林深处，雪山之巅，湖边，古镇小巷，樱花树下，沙漠驼队，皇宫大殿，海边悬崖，未来都市，
    雨中石桥，图书馆，温泉旅馆，秋日枫林，悬空寺，麦田，地铁站，星空下的草原，云海之上，集市`),
  styles: list(
    `国风插画，水彩，工笔画，水墨画，动漫风格，写实摄影，厚涂，像素风，胶片感，浮世绘，赛璐璐，3D渲染，剪纸，油画`,
  ),
  modifiers:
    list(`柔和光线，景深，逆光，特写，全身，半身像，暖色调，冷色调，体积光，黄昏，清晨，细雨，飘雪，广角，俯视，
    仰视，对称构图，留白，高对比度，低饱和度，动态姿势，回眸，闭眼，坐姿，站姿，烟雾，倒影，萤火虫，满月，晨雾，
    背景虚化，电影光，丁达尔效应，落叶，星光，水波，剪影，朦胧，宁静，神秘`),
  negative: list(
    `低质量，模糊，水印，文字，畸形的手，多余的手指，最差质量，变形，签名，裁剪，重复，丑陋，噪点，错误的解剖`,
  ),
};

export const samplers: readonly string[] = list(`Euler a, DPM++ 2M Karras, DPM++ SDE Karras, Euler, DDIM,
  DPM++ 2M SDE, UniPC, Heun, LMS, DPM++ 3M SDE Exponential, LCM, Restart`);

export const comfySamplers: readonly string[] = list(
  `euler, dpmpp_2m, euler_ancestral, dpmpp_sde, ddim, uni_pc, lcm`,
);

export const models: readonly string[] = list(`meadowMix_v7, inkstone_xl, realLens_v51, auroraAnime_v3,
  baseXL_1.0, duskPony_v6, paperCraft_v2, nightRider_xl, fluxion_dev, clayWorks_v1, cobaltReal_v4, hanfuDream_v2,
  oldFilm_v12, neonGrid_xl, softPastel_v9, terraform_v3`);

export const loras: readonly string[] =
  list(`detail_slider, film_look, add_brightness, ink_wash, pixel_helper, soft_glow,
  hand_fix, costume_hanfu, mecha_parts, eye_shine, lineart_boost, vintage_poster, chibi_form, glass_material`);
