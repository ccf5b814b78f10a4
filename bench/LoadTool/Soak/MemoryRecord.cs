using LoadTool.Measuring;

namespace LoadTool.Soak;

/// <summary>Records the server's resident memory after the warm-up.</summary>
internal sealed class MemoryRecord
{
    private readonly List<long> _samples = [];

    public bool IsEmpty => _samples.Count == 0;

    public void Add(long residentKiB) => _samples.Add(residentKiB);

    /// <summary>
    /// Adds the extremes and the indicator of a leak: the growth of the median from the first third to the last. Single
    /// samples vary with the collector's cycle.
    /// </summary>
    public void AddTo(Result result)
    {
        if (IsEmpty) return;
        result["resident_kib_after_warmup"] = _samples[0];
        result["resident_kib_lowest"] = _samples.Min();
        result["resident_kib_highest"] = _samples.Max();
        result["resident_kib_at_end"] = _samples[^1];
        result["resident_swing"] = (double)_samples.Max() / _samples.Min() - 1;
        var third = Math.Max(1, _samples.Count / 3);
        result["resident_growth"] = Median(_samples[^third..]) / Median(_samples[..third]) - 1;
    }

    private static double Median(List<long> samples)
    {
        samples.Sort();
        return samples[samples.Count / 2];
    }
}
