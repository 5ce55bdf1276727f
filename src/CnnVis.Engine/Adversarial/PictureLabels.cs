using CnnVis.Engine.Models;
using CnnVis.Engine.Tables;

namespace CnnVis.Engine.Adversarial;

/// <summary>Where it stands what pictures show.</summary>
public sealed class PictureLabels
{
    private readonly Func<string, int> _find;

    private PictureLabels(Func<string, int> find) => _find = find;

    /// <summary>Output index of what a file shows.</summary>
    /// <exception cref="CnnVisException">Nothing says so, or the network has no such class.</exception>
    public int Of(string path) => _find(path);

    /// <summary>Pictures that something says about, and what: those of which nothing does are reported, and left out.</summary>
    /// <returns>Places among the paths, and their output indices.</returns>
    public (int[] Places, int[] Classes) Known(IReadOnlyList<string> paths, Action<CnnVisException> failed)
    {
        var (places, classes) = (new List<int>(), new List<int>());
        for (int i = 0; i < paths.Count; i++)
        {
            try
            {
                classes.Add(Of(paths[i]));
                places.Add(i);
            }
            catch (CnnVisException error)
            {
                failed(error);
            }
        }
        return ([.. places], [.. classes]);
    }

    /// <summary>One class, by name or index.</summary>
    /// <exception cref="CnnVisException">The network has no such class.</exception>
    public static PictureLabels One(string label, Network network)
    {
        int index = network.Class(label);
        return new PictureLabels(_ => index);
    }

    /// <summary>A table of files and classes.</summary>
    /// <exception cref="CnnVisException">It cannot be read.</exception>
    public static PictureLabels Table(string path, Network network)
    {
        LabelTable table = LabelTable.Read(path);
        return new PictureLabels(file => network.Class(table.Of(file)));
    }

    /// <summary>The name of the folder that a file lies in.</summary>
    public static PictureLabels Folders(Network network) => new(file => network.Class(Path.GetFileName(Path.GetDirectoryName(file) ?? "")));
}
