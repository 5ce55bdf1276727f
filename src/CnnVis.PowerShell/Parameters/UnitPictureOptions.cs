using CnnVis.Engine.Attribution.Saliency;

namespace CnnVis.PowerShell.Parameters;

/// <summary>How the images of units are drawn.</summary>
internal static class UnitPictureOptions
{
    /// <summary>The method that shows what a unit responded to; null for none.</summary>
    /// <exception cref="CnnVisException">There is none of that name, or its maps are no pictures.</exception>
    public static ISaliencyMethod? Method(string? name)
    {
        if (name is null) return null;
        ISaliencyMethod method = SaliencyMethods.Create(name, SaliencyOptions.Default);
        return method.IsPicture ? method
            : throw new CnnVisException(ErrorIds.InvalidArgument, $"{method.Name} does not show what a unit responded to. Methods that do are {string.Join(", ", SaliencyMethods.Names.Where(n => SaliencyMethods.Create(n, SaliencyOptions.Default).IsPicture))}.", name);
    }
}
