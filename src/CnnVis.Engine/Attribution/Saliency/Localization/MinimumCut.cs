namespace CnnVis.Engine.Attribution.Saliency.Localization;

/// <summary>The cheapest division of a graph into the side of a source and the side of a sink, by maximum flow (Dinic 1970).</summary>
internal sealed class MinimumCut
{
    private readonly List<int> _to = [], _next = [];
    private readonly List<double> _capacity = [];
    private readonly int[] _first, _level, _edge;
    private readonly int _source, _sink;

    /// <param name="nodes">Nodes, beside source and sink.</param>
    public MinimumCut(int nodes)
    {
        (_source, _sink) = (nodes, nodes + 1);
        (_first, _level, _edge) = (new int[nodes + 2], new int[nodes + 2], new int[nodes + 2]);
        Array.Fill(_first, -1);
    }

    /// <summary>What it costs to put a node on the sink's side, and on the source's.</summary>
    public void Terminals(int node, double sinkSide, double sourceSide)
    {
        Edge(_source, node, sinkSide, 0);
        Edge(node, _sink, sourceSide, 0);
    }

    /// <summary>What it costs to part two nodes.</summary>
    public void Neighbours(int a, int b, double cost) => Edge(a, b, cost, cost);

    /// <summary>For each node whether it is on the source's side.</summary>
    public bool[] Divide(CancellationToken cancellation)
    {
        while (Levels())
        {
            cancellation.ThrowIfCancellationRequested();
            _first.CopyTo(_edge, 0);
            while (Augment()) { }
        }
        return [.. _level.Take(_source).Select(l => l >= 0)];
    }

    private void Edge(int a, int b, double forth, double back)
    {
        foreach (var (from, to, capacity) in new[] { (a, b, forth), (b, a, back) })
        {
            _to.Add(to);
            _capacity.Add(capacity);
            _next.Add(_first[from]);
            _first[from] = _to.Count - 1;
        }
    }

    /// <summary>Distances from the source through edges with room; false where the sink cannot be reached.</summary>
    private bool Levels()
    {
        Array.Fill(_level, -1);
        _level[_source] = 0;
        var open = new Queue<int>([_source]);
        while (open.TryDequeue(out int node))
            for (int e = _first[node]; e >= 0; e = _next[e])
                if (_capacity[e] > 1e-12 && _level[_to[e]] < 0)
                {
                    _level[_to[e]] = _level[node] + 1;
                    open.Enqueue(_to[e]);
                }
        return _level[_sink] >= 0;
    }

    /// <summary>Sends as much as fits along one shortest path; false where there is none left.</summary>
    private bool Augment()
    {
        var path = new Stack<int>();
        int node = _source;
        while (node != _sink)
        {
            int e = _edge[node];
            while (e >= 0 && !(_capacity[e] > 1e-12 && _level[_to[e]] == _level[node] + 1)) e = _next[e];
            _edge[node] = e;
            if (e >= 0)
            {
                path.Push(e);
                node = _to[e];
            }
            else if (path.TryPop(out int last))
            {
                node = _to[last ^ 1];
                _edge[node] = _next[last];
            }
            else
            {
                return false;
            }
        }
        double room = path.Min(e => _capacity[e]);
        foreach (int e in path)
        {
            _capacity[e] -= room;
            _capacity[e ^ 1] += room;
        }
        return true;
    }
}
