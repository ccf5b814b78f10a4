using System.Globalization;
using System.Runtime.CompilerServices;
using Duplex.Fuzz.Running;
using Duplex.Fuzz.Targets;

// dotnet run -c Release --project fuzz -- <target>|all [--inputs N] [--seed N]
var name = args.FirstOrDefault("");
var targets = FuzzTargets.All.Where(target => name == "all" || target.Name == name).ToList();
if (targets.Count == 0)
{
    Console.Error.WriteLine("dotnet run -c Release --project fuzz -- <target> [--inputs 1000000] [--seed 1]");
    Console.Error.WriteLine($"Targets: {string.Join(", ", FuzzTargets.All.Select(target => target.Name))}, or all.");
    return 2;
}

var root = Root();
var passed = true;
foreach (var target in targets) passed &= new Driver(target, root, (int)Option("--seed", 1)).Run(Option("--inputs", 1_000_000));
return passed ? 0 : 1;

long Option(string option, long otherwise) =>
    Array.IndexOf(args, option) is >= 0 and var index && index + 1 < args.Length ? long.Parse(args[index + 1], CultureInfo.InvariantCulture) : otherwise;

static string Root([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
