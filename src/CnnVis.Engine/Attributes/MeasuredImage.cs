namespace CnnVis.Engine.Attributes;

/// <summary>A picture that was measured, or why it could not be.</summary>
/// <param name="Attributes">Its attributes; null with an error.</param>
/// <param name="Signature">What near duplicates share; null where that was not asked for.</param>
/// <param name="Error">Why it could not be read.</param>
internal sealed record MeasuredImage(ImageAttributes? Attributes, PictureSignature? Signature, CnnVisException? Error);
