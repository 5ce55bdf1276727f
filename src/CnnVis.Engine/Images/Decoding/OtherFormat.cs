using System.Text;

namespace CnnVis.Engine.Images.Decoding;

/// <summary>Pictures of formats that are not read, told from what is no picture.</summary>
internal static class OtherFormat
{
    /// <summary>Brands of ISO's base media format, by what follows "ftyp".</summary>
    private static readonly (string Brand, string Name)[] _brands =
        [("avif", "AVIF"), ("avis", "AVIF"), ("heic", "HEIC"), ("heix", "HEIC"), ("hevc", "HEIC"), ("heim", "HEIC"), ("heis", "HEIC"), ("mif1", "HEIF"), ("msf1", "HEIF"), ("jp2 ", "JPEG 2000"), ("jxl ", "JPEG XL")];

    /// <summary>What the file is and how it becomes one that can be read; null where it is none of these.</summary>
    public static string? Reason(ReadOnlySpan<byte> file)
    {
        string? name = Name(file);
        return name is null ? null : $"it is a picture of the format {name}, which is not read here. Convert it to PNG first, for example by ImageMagick: magick picture{Extension(name)} picture.png";
    }

    private static string? Name(ReadOnlySpan<byte> file)
    {
        if (file.Length > 12 && file[4..8].SequenceEqual("ftyp"u8))
        {
            string brand = Encoding.Latin1.GetString(file[8..12]);
            return _brands.FirstOrDefault(b => b.Brand == brand).Name;
        }
        if (file.StartsWith("\0\0\0\fJXL "u8) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x0A])) return "JPEG XL";
        if (file.StartsWith("\0\0\0\fjP  "u8) || file.StartsWith((ReadOnlySpan<byte>)[0xFF, 0x4F, 0xFF, 0x51])) return "JPEG 2000";
        if (file.StartsWith("8BPS"u8)) return "Photoshop";
        return file.Length > 132 && file[128..132].SequenceEqual("DICM"u8) ? "DICOM" : null;
    }

    private static string Extension(string name) => name switch
    {
        "AVIF" => ".avif",
        "JPEG XL" => ".jxl",
        "JPEG 2000" => ".jp2",
        "Photoshop" => ".psd",
        "DICOM" => ".dcm",
        _ => ".heic",
    };
}
