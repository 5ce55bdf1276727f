using CnnVis.Host;

if (Arguments.Parse(args, out Arguments arguments) is { } complaint)
{
    Console.Error.WriteLine(complaint);
    Console.Error.WriteLine(Arguments.Usage);
    return ExitCodes.BadArguments;
}
if (arguments.Task == HostTask.Help)
{
    Console.Out.WriteLine(Arguments.Usage);
    return ExitCodes.Success;
}

using var session = new Session();
if (arguments.Task == HostTask.File) return session.RunFile(arguments.Text, arguments.ScriptArguments);
if (!session.ImportModule()) return ExitCodes.Failure;
return arguments.Task == HostTask.Command ? session.RunCommand(arguments.Text) : new Prompt(session).Run();
