namespace CnnVis.Engine.Models.Weights.Files;

/// <summary>Number formats that weight files use.</summary>
internal enum NumberType
{
    Float32,
    Float64,
    Float16,
    BFloat16,
    Int64,
    Int32,
    Int16,
    Int8,
    UInt64,
    UInt32,
    UInt16,
    UInt8,
    Bool,
}
