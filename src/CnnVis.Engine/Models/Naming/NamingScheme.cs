namespace CnnVis.Engine.Models.Naming;

/// <summary>How the layers of a family of networks are called.</summary>
/// <param name="Signature">A module that only this family has.</param>
/// <param name="Rules">The first that fits a layer names it; what none fits is counted through.</param>
internal sealed record NamingScheme(string Signature, IReadOnlyList<NamingRule> Rules);
