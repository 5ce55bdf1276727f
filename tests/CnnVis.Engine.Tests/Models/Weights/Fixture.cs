namespace CnnVis.Engine.Tests.Models.Weights;

/// <summary>The files of Fixtures/, which Python made.</summary>
internal static class Fixture
{
    public static byte[] Read(string name)
    {
        using Stream stream = typeof(Fixture).Assembly.GetManifestResourceStream(name) ?? throw new FileNotFoundException(name);
        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
