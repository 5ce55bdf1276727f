namespace CnnVis.Engine.Models.Weights.Pickles;

/// <summary>What a pickle means outside of itself.</summary>
internal interface IPickleHost
{
    /// <summary>The global of that name.</summary>
    /// <exception cref="CnnVisException">It is not among those allowed.</exception>
    PickledGlobal Find(string module, string name);

    /// <summary>What lies outside of the pickle under that id.</summary>
    /// <exception cref="CnnVisException">Nothing does.</exception>
    object? Persistent(object? id);
}
