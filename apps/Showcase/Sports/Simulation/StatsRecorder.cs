namespace Showcase.Sports.Simulation;

/// <summary>Records the statistics of a simulated match minute by minute.</summary>
internal sealed class StatsRecorder
{
    private readonly List<(long, MatchStats)> _rows = [];
    private readonly List<int> _pressure = [];
    private readonly int[] _shots = [0, 0], _onTarget = [0, 0], _corners = [0, 0], _fouls = [0, 0];

    /// <summary>The rows so far.</summary>
    public IReadOnlyList<(long At, MatchStats Stats)> Rows => _rows;

    public void Shot(int side, bool isOnTarget)
    {
        _shots[side]++;
        if (isOnTarget) _onTarget[side]++;
    }

    public void Corner(int side) => _corners[side]++;

    public void Foul(int side) => _fouls[side]++;

    /// <summary>Ends a minute.</summary>
    public void Minute(long at, int pressure)
    {
        _pressure.Add(pressure);
        var home = Math.Clamp((int)Math.Round(50 + (_pressure.Average() / 3)), 20, 80);
        _rows.Add((at, new([home, 100 - home], [.. _shots], [.. _onTarget], [.. _corners], [.. _fouls], [.. _pressure])));
    }
}
