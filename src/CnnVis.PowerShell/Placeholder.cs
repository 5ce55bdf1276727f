namespace CnnVis.PowerShell;
internal static class Placeholder;
