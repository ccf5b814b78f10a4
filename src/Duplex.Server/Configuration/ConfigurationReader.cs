using System.Collections;
using Duplex.Server.CommandLine;

namespace Duplex.Server.Configuration;

/// <summary>Reads the configuration file, then the environment, which overrides it, and reports all faults at once, each with its path.</summary>
internal static class ConfigurationReader
{
    /// <exception cref="UsageException">The configuration cannot be read or is invalid.</exception>
    public static ServerSettings Read(string? path, IDictionary environment)
    {
        var settings = new ServerSettings();
        var findings = new Findings();
        var tree = new ConfigurationTree(settings, findings);
        if (path is not null)
        {
            using var document = ConfigurationFile.Read(path, findings);
            if (document is not null) tree.Read(document.RootElement);
        }

        new EnvironmentReader(settings, tree, findings).Read(environment);
        settings.Complete();
        foreach (var fault in SettingsCheck.FaultsOf(settings)) findings.Fail(fault);
        if (findings.Faults.Count > 0) throw new UsageException(string.Join(Environment.NewLine, findings.Faults));
        settings.Warnings = findings.Warnings;
        return settings;
    }
}
