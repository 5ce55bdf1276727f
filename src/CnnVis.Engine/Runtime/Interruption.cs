namespace CnnVis.Engine.Runtime;

/// <summary>
/// What ends a computation on this thread between two nodes of a walk, however many calls lie between them and the one that was told. Like a dispose scope,
/// it is open while the engine computes, never while a cmdlet writes.
/// </summary>
internal static class Interruption
{
    [ThreadStatic]
    private static CancellationToken t_token;

    /// <summary>Lets a token end this thread's walks until disposed.</summary>
    public static Scope By(CancellationToken token)
    {
        var scope = new Scope(t_token);
        t_token = token;
        return scope;
    }

    /// <summary>Ends the computation if it is to end.</summary>
    /// <exception cref="OperationCanceledException">It is to end.</exception>
    public static void Check() => t_token.ThrowIfCancellationRequested();

    /// <summary>Restores what was before.</summary>
    public readonly struct Scope : IDisposable
    {
        private readonly CancellationToken _before;

        internal Scope(CancellationToken before) => _before = before;

        /// <inheritdoc/>
        public void Dispose() => t_token = _before;
    }
}
