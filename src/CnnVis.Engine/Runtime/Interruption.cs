namespace CnnVis.Engine.Runtime;

/// <summary>
/// What ends a computation on this thread between two nodes of a walk, however many calls lie between them and the one that was told. Like a dispose scope,
/// it is open while the engine computes, never while a cmdlet writes.
/// </summary>
internal static class Interruption
{
    [ThreadStatic]
    private static CancellationToken _token;

    /// <summary>Lets a token end this thread's walks until disposed.</summary>
    public static Scope By(CancellationToken token)
    {
        var scope = new Scope(_token);
        _token = token;
        return scope;
    }

    /// <summary>Ends the computation if it is to end.</summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public static void Check() => _token.ThrowIfCancellationRequested();

    /// <summary>Restores what was before.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly CancellationToken _before;

        internal Scope(CancellationToken before) => _before = before;

        /// <inheritdoc/>
        public void Dispose() => _token = _before;
    }
}
