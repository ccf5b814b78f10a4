namespace Duplex.Server.Configuration;

/// <summary>The findings of a configuration: faults, which prevent startup, and warnings, which do not.</summary>
internal sealed class Findings
{
    private readonly List<string> _faults = [];
    private readonly List<string> _warnings = [];

    public IReadOnlyList<string> Faults => _faults;

    public IReadOnlyList<string> Warnings => _warnings;

    public void Fail(string fault) => _faults.Add(fault);

    public void Warn(string warning) => _warnings.Add(warning);
}
