"""Makes the pictures of this folder and expected.json with other people's libraries: tifffile, Pillow, ImageMagick's convert. Run here: python3 make.py"""
import glob, json, os, subprocess
import numpy as np, tifffile
from PIL import Image

for old in glob.glob("*.tif") + glob.glob("*.p?m") + glob.glob("*.tga"): os.remove(old)
W, H = 21, 17
y, x = np.mgrid[0:H, 0:W]
grey16 = ((x * 2731 + y * 3671 + x * y * 17) % 65536).astype(np.uint16)
grey8 = (grey16 >> 8).astype(np.uint8)
rgb16 = np.stack([grey16, grey16[::-1], grey16[:, ::-1]], -1)
rgb8 = (rgb16 >> 8).astype(np.uint8)
smooth = np.stack([x * 255 // W, y * 255 // H, (x + y) * 255 // (W + H)], -1).astype(np.uint8)
bits = (grey8 > 127).astype(np.uint8)
expected, arrays = {}, {}

def put(name, values, tolerance, pages=1):
    text = json.dumps([round(float(v), 6) for v in values.reshape(-1)], separators=(",", ":"))
    if text not in arrays: arrays[text] = len(arrays)
    expected[name] = {"tolerance": tolerance + 1e-6, "pages": pages, "shape": list(values.shape), "values": arrays[text]}

def tiff(name, array, values, tolerance=1e-6, **options):
    tifffile.imwrite(name, array, **options)
    put(name, values, tolerance)

g8, g16, c8, c16 = grey8 / 255, grey16 / 65535, rgb8 / 255, rgb16 / 65535
tiff("grey8.tif", grey8, g8)
tiff("grey16.tif", grey16, g16)
tiff("grey16be.tif", grey16, g16, byteorder=">")
tiff("big.tif", grey16, g16, bigtiff=True)
tiff("grey32.tif", grey16.astype(np.uint32) * 65537, g16)
tiff("float32.tif", g16.astype(np.float32), g16)
tiff("float16.tif", g8.astype(np.float16), g8.astype(np.float16))
tiff("float64be.tif", g16, g16, byteorder=">")
tiff("rgb8.tif", rgb8, c8, photometric="rgb")
tiff("rgb16.tif", rgb16, c16, photometric="rgb")
tiff("floatrgb.tif", c16.astype(np.float32), c16, photometric="rgb")
tiff("planar8.tif", rgb8.transpose(2, 0, 1), c8, photometric="rgb", planarconfig="separate", rowsperstrip=5)
tiff("planar16be.tif", rgb16.transpose(2, 0, 1), c16, photometric="rgb", planarconfig="separate", byteorder=">")
tiff("tiled8.tif", rgb8, c8, photometric="rgb", tile=(16, 16))
tiff("tiled16planar.tif", rgb16.transpose(2, 0, 1), c16, photometric="rgb", planarconfig="separate", tile=(16, 16))
tiff("deflate16.tif", rgb16, c16, photometric="rgb", compression="zlib")
tiff("deflatepredictor.tif", rgb16, c16, photometric="rgb", compression="zlib", predictor=True)
tiff("miniswhite.tif", 255 - grey8, g8, photometric="miniswhite")
tiff("bilevel.tif", bits.astype(bool), bits, photometric="minisblack")
alpha = np.concatenate([rgb8, grey8[::-1, :, None]], -1)
over = c8 * alpha[..., 3:] / 255 + 1 - alpha[..., 3:] / 255
tiff("rgba8.tif", alpha, over, 2 / 255, photometric="rgb", extrasamples=["unassalpha"])
tiff("greyalpha16.tif", np.stack([grey16, grey16[::-1]], -1), g16 * g16[::-1] + 1 - g16[::-1], photometric="minisblack", extrasamples=["unassalpha"])
tiff("fivebands.tif", np.concatenate([rgb8, rgb8[..., :2]], -1), c8, photometric="rgb")
palette = np.zeros((3, 256), np.uint16)
palette[0], palette[1], palette[2] = np.arange(256) * 257, np.arange(255, -1, -1) * 257, (np.arange(256) * 7 % 256) * 257
tiff("palette.tif", grey8, (palette.T[grey8] >> 8) / 255, photometric="palette", colormap=palette)
with tifffile.TiffWriter("pages.tif") as t:
    for i in range(3): t.write(np.full((4, 5), 40 * (i + 1), np.uint8), photometric="minisblack")
put("pages.tif", np.full((4, 5), 40 / 255), 1e-6, pages=3)
with tifffile.TiffWriter("pyramid.tif") as t:
    t.write(rgb8, photometric="rgb")
    t.write(rgb8[::2, ::2], photometric="rgb", subfiletype=1)
put("pyramid.tif", c8, 1e-6)

def magick(name, source, values, tolerance, *options):
    subprocess.run(["/usr/bin/convert", source, *options, name], check=True)
    put(name, values, tolerance)

magick("lzw.tif", "rgb8.tif", c8, 1e-6, "-compress", "LZW")
magick("lzw16.tif", "rgb16.tif", c16, 1e-6, "-compress", "LZW")
magick("packbits.tif", "grey8.tif", g8, 1e-6, "-compress", "RLE")
magick("group4.tif", "bilevel.tif", bits, 1e-6, "-compress", "Group4")
magick("fax.tif", "bilevel.tif", bits, 1e-6, "-compress", "Fax")
magick("tiledlzw.tif", "grey16.tif", g16, 1e-6, "-compress", "LZW", "-define", "tiff:tile-geometry=16x16")
magick("grey4.tif", "grey8.tif", np.round(g8 * 15) / 15, 0.068, "-depth", "4")
magick("grey12.tif", "grey16.tif", np.round(g16 * 4095) / 4095, 6e-4, "-depth", "12")
magick("grey16.pgm", "grey16.tif", g16, 1e-6)
magick("rgb16.ppm", "rgb16.tif", c16, 1e-6)
magick("grey8.pgm", "grey8.tif", g8, 1e-6)
magick("rgb8.ppm", "rgb8.tif", c8, 1e-6)
magick("text.ppm", "rgb8.tif", c8, 1e-6, "-compress", "none")
magick("text.pgm", "grey16.tif", g16, 1e-6, "-compress", "none")
magick("bits.pbm", "bilevel.tif", bits, 1e-6)
magick("textbits.pbm", "bilevel.tif", bits, 1e-6, "-compress", "none")
magick("rgb.tga", "rgb8.tif", c8, 1e-6)
magick("rle.tga", "rgb8.tif", c8, 1e-6, "-compress", "RLE")
Image.fromarray(smooth).save("jpeg.tif", compression="jpeg", quality=95)
put("jpeg.tif", smooth / 255, 0.03)
Image.fromarray(alpha).save("rgba.tga")
put("rgba.tga", over, 2 / 255)
Image.fromarray(grey8).save("grey.tga", compression="tga_rle")
put("grey.tga", g8, 1e-6)
indexed = Image.fromarray(grey8 // 16, "P")
indexed.putpalette([v for i in range(256) for v in ((i * 17) % 256, 255 - (i * 17) % 256, i % 256)])
indexed.save("palette.tga")
put("palette.tga", np.array(indexed.convert("RGB")) / 255, 1e-6)
cmyk = Image.fromarray(alpha, "CMYK")
cmyk.save("cmyk.tif", compression="tiff_lzw")
put("cmyk.tif", (1 - alpha[..., :3] / 255) * (1 - alpha[..., 3:] / 255), 1e-2)
tifffile.imwrite("signed.tif", grey16.astype(np.int16))
tifffile.imwrite("range.tif", grey16.astype(np.float32))
with open("expected.json", "w") as f:
    f.write('{"files":' + json.dumps(expected, separators=(",", ":")) + ',"arrays":[' + ",\n".join(arrays) + "]}\n")
