// One phrase a line or between commas, as `phraseKey` spells it: lower case, blanks for underscores and hyphens.
const phrases = (text: string): string[] =>
  text
    .split(/[,\n]/)
    .map((phrase) => phrase.trim())
    .filter((phrase) => phrase !== '');

/** Words that say how good a picture is to be; a phrase of such words alone says nothing of its subject. */
export const qualityWords: ReadonlySet<string> = new Set(
  phrases(`masterpiece, masterpieces, best, high, highest, higher, top, great, good, amazing, perfect, excellent, super,
    ultra, extremely, extreme, very, hyper, insanely, incredibly, highly, absurdly, quality, qualities, resolution, res,
    detail, details, detailed, intricate, sharp, crisp, clear, crystal, definition, highres, absurdres, hires, lowres, hd,
    uhd, fhd, hq, qhd, hdr, hdri, 2k, 4k, 8k, 16k, 32k, 1080p, 2160p, 4320p, wallpaper, professional, award, winning, awarded,
    aesthetic, aesthetics, beautiful, stunning, gorgeous, newest, recent, official, art, artwork, work, finely, fine,
    exquisite, pixiv, artstation, trending, on, deviantart, cgsociety, unreal, engine, 5, octane, render, rendered,
    rendering, vray, redshift, raytracing, ray, tracing, photorealistic, realistic, hyperrealistic, hyperrealism,
    photorealism, realism, ultrarealistic, raw, photo, photograph, image, picture, illustration, cg, unity, in, of, a, the,
    and, with, most, absolutely, so, much, visually, ever, made, created, by, eye, catching, extra, elaborate`),
);

/** What a phrase of quality words must have at least one of: `photo of a` or `the best` alone are left in. */
export const qualityMarks: ReadonlySet<string> = new Set(
  phrases(`masterpiece, masterpieces, quality, resolution, res, detail, details, detailed, sharp, definition, highres,
    absurdres, hires, hd, uhd, fhd, hq, qhd, hdr, hdri, 2k, 4k, 8k, 16k, 32k, 1080p, 2160p, 4320p, wallpaper, professional,
    award, aesthetic, newest, recent, artstation, pixiv, deviantart, cgsociety, engine, octane, render, rendering, vray,
    redshift, raytracing, tracing, photorealistic, realistic, hyperrealistic, hyperrealism, photorealism, realism,
    ultrarealistic, raw, unity, exquisite, intricate, stunning, cg`),
);

/** Whole phrases about quality that the words do not cover. */
export const qualityPhrases: ReadonlySet<string> = new Set(
  phrases(`year 2023, year 2024, year 2025, source anime, source pony, source furry, source cartoon, rating safe,
    rating questionable, rating explicit, safe, general, sensitive, uncensored, work of art, 1:1, 16:9, 9:16, 3:2, 2:3,
    杰作, 大师作品, 大师之作, 神作, 名作, 最佳质量, 最高质量, 最好质量, 最佳品质, 最高品质, 高质量, 高品质, 超高质量, 顶级质量,
    高清, 超高清, 超清, 高分辨率, 超高分辨率, 高解析度, 细节丰富, 丰富的细节, 极致细节, 极致的细节, 超多细节, 细节精致,
    超级细节, 精细细节, 精致细节, 精细, 精致, 高细节, 超精细, 超详细, 极其详细, 非常详细, 精美, 唯美, 壁纸, 4k壁纸, 8k壁纸, 照片级, 照片级真实,
    真实感, 超写实, 超现实细节, 专业, 获奖作品, 官方艺术, 官方美术, 虚幻引擎, 虚幻引擎5, oc渲染, 3d渲染, c4d渲染, 光线追踪, 电影质感,
    高动态范围, 质感, 高级感`),
);

/** How the picture is taken rather than what it shows: camera, lens, light, framing. Dropped in the mode `theme` only. */
export const cameraPhrases: ReadonlySet<string> = new Set(
  phrases(`depth of field, shallow depth of field, dof, bokeh, blurry background, blurred background, blur, motion blur,
    focus, soft focus, shallow focus, deep focus, film grain, grain, lens flare, chromatic aberration, vignette, vignetting, wide angle,
    wide angle shot, wide angle lens, fisheye, fish eye lens, telephoto, telephoto lens, macro, macro lens, long exposure,
    short exposure, tilt shift, dslr, slr, mirrorless, canon, nikon, sony, leica, hasselblad, fujifilm, fujifilm xt3, kodak, kodak portra 400,
    polaroid, iso, 35mm, 50mm, 85mm, 24mm, 35mm lens, 50mm lens, 85mm lens, 35mm film, 35mm photograph, 35mm film photo, film photo, film photography,
    analog, analog film, analog photo, cinematic, cinematic shot, cinematic still, cinematic film still, cinematic photo,
    cinematic lighting, cinematic light, dramatic lighting, dramatic light, dramatic shadows, soft lighting, soft light,
    studio lighting, studio light, natural lighting, natural light, ambient lighting, ambient light, volumetric lighting,
    volumetric light, volumetric fog, global illumination, ambient occlusion, rim lighting, rim light, backlighting,
    backlight, backlit, hard light, harsh light, harsh lighting, warm lighting, cold lighting, god rays, light rays,
    light particles, lighting, subsurface scattering, reflection, reflections, ray traced, high contrast, low contrast,
    vibrant colors, vivid colors, vibrant, muted colors, muted palette, pastel colors, warm colors, cool tones, warm tones, color grading, colorful,
    close up, closeup, extreme close up, close up shot, medium shot, medium close up, full shot, long shot, wide shot, cowboy shot, full body,
    full body shot, upper body, lower body, half body, portrait, head shot, headshot, from above, from below, from side, from behind, low angle, high angle,
    low angle shot, high angle shot, dutch angle, bird's eye view, worm's eye view, aerial view, top down view, overhead shot, eye level,
    side view, front view, back view, rear view, profile view, three quarter view, pov, first person view, looking at viewer,
    facing viewer, centered, symmetrical, symmetry, rule of thirds, golden ratio, leading lines, negative space, composition,
    perspective, dynamic angle, dynamic composition, simple background, white background, black background, grey background,
    gray background, plain background, gradient background, detailed background, no background, transparent background,
    景深, 浅景深, 背景虚化, 虚化, 光晕, 胶片感, 胶片颗粒, 颗粒感, 广角, 广角镜头, 鱼眼镜头, 长焦, 微距, 微距镜头, 长曝光, 单反, 摄影,
    专业摄影, 电影感, 电影光, 电影光效, 电影灯光, 戏剧性光影, 柔和光线, 柔光, 自然光, 影棚光, 工作室灯光, 体积光, 丁达尔效应, 逆光,
    轮廓光, 侧光, 顶光, 全局光照, 环境光遮蔽, 光影, 光影细腻, 光线, 打光, 光效, 高对比度, 低饱和度, 暖色调, 冷色调, 鲜艳的色彩,
    特写, 近景, 中景, 远景, 全景, 全身, 全身像, 半身, 半身像, 上半身, 头像, 大头照, 俯视, 俯拍, 仰视, 仰拍, 鸟瞰, 正面, 侧面, 背面,
    第一人称视角, 看向观众, 看着观众, 对称构图, 构图, 三分法, 留白, 居中, 简单背景, 白色背景, 黑色背景, 纯色背景`),
);

/** Shapes that no list can hold: `score_8_up`, `8k uhd`, `f/1.8`, `85mm f1.4`, `iso 200`, `1/250s`. */
export const qualityPattern =
  /^(?:score \d+(?: up)?|rating [a-z]+|source [a-z]+|\d+k(?: (?:uhd|hd|hdr|wallpaper|resolution))*)$/;
export const cameraPattern =
  /^(?:f ?\/? ?\d+(?:\.\d+)?|iso ?\d+|\d+ ?mm(?: (?:f ?\/? ?\d+(?:\.\d+)?|lens|film|photo|photograph|photography))*|1\/\d+ ?s(?:ec)?|(?:shot|taken|photographed) (?:on|with|by) (?:an? )?(?:canon|nikon|sony|leica|hasselblad|fujifilm|kodak|iphone|arri|red)\b.*)$/;
