namespace CnnVis.PowerShell.Tests.Running;

/// <summary>A test file as a whole failed: it could not be discovered.</summary>
internal sealed class TestFileException(string message, Exception? inner = null) : Exception(message, inner);
