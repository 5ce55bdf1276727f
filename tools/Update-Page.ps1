#requires -Version 7.6
<#
.SYNOPSIS
    Runs the commands of pages, and says what each prints now.
.DESCRIPTION
    A page is Markdown: the README, a lesson of examples/, a help page. Its ```powershell blocks are run one after the other in one session, at the top of the clone; a ```text block holds what
    the block before it prints. What a fence says more about itself, as ```powershell (needs a file), is not run. Commands write their files into output/.

    -Write puts what is printed now into the pages, and the pictures that a page shows, where its commands made a file of that name in output/, to where the page has them.
    Tests compare: tests/Pester/Pages.Tests.ps1 and Help.Tests.ps1. In the PowerShell that comes along: dotnet run --project src/CnnVis.Host -- tools/Update-Page.ps1 -Write
.PARAMETER Path
    The pages, with wildcards. Left out, it is all of them.
.PARAMETER Printed
    Run only what the pages show the output of.
.PARAMETER Write
    Change the pages, and their pictures.
.EXAMPLE
    ./tools/Update-Page.ps1 examples/02*.md -Write
.EXAMPLE
    ./tools/Update-Page.ps1 | Where-Object { $_.Output -cne $_.Now } | Format-List Page, Code, Output, Now
#>
[CmdletBinding(DefaultParameterSetName = 'Run')]
param([Parameter(Position = 0)] [string[]] $Path, [Parameter(ParameterSetName = 'Run')] [switch] $Printed, [Parameter(ParameterSetName = 'Write')] [switch] $Write)

$root = [IO.Path]::GetFullPath("$PSScriptRoot/..")
Import-Module "$root/CnnVis.psd1"
$block = [regex] '(?ms)^```powershell\r?\n(?<code>(?:(?!```).)*?)\r?\n```$(?:\r?\n\r?\n```text\r?\n(?<output>.*?)\r?\n?```$)?'
$picture = [regex] '!\[[^\]]*\]\((?<file>[^):]+\.(?:png|jpg|svg))\)'
$options = $env:CNNVIS_OPTIONS
# A file that is there may not be written over, and a script does not ask.
$PSDefaultParameterValues = @{ 'Export-*:Force' = $true; 'New-CnnLabelingTask:Force' = $true; 'Out-String:Width' = 120 }
$rendering = $PSStyle.OutputRendering
$PSStyle.OutputRendering = 'PlainText'
Push-Location $root
$folder = [Environment]::CurrentDirectory
[Environment]::CurrentDirectory = $root
try {
    if (-not $Path) { $Path = 'README.md', 'examples/[0-9]*.md', 'src/CnnVis.PowerShell/Help/*.md' }
    foreach ($file in Get-Item $Path | Sort-Object FullName) {
        # Help pages show the small network, which answers at once; other pages name theirs, or show what a user has who has chosen nothing.
        $env:CNNVIS_OPTIONS = if ($file.Directory.Name -eq 'Help') { "$root/tests/Pester/fixtures/options.json" } else { "$root/output/no-options.json" }
        $text = [IO.File]::ReadAllText($file)
        $ran = @(& {
            foreach ($match in $block.Matches($text) | Where-Object { -not $Printed -or $_.Groups['output'].Success }) {
                # Dot-sourced, so that what a block defines is there for the next; all of it before it is shown, because columns are as wide as what comes in time.
                $results = @(. ([scriptblock]::Create($match.Groups['code'].Value)) 2>&1)
                $lines = $results | Out-String -Stream | ForEach-Object TrimEnd
                [pscustomobject]@{
                    Page = $file.BaseName; Code = $match.Groups['code'].Value; IsPrinted = $match.Groups['output'].Success
                    Output = $match.Groups['output'].Value; Now = (($lines -join "`n") -replace '\e\[[\d;]*m').Trim("`n")
                }
            }
        })
        if (-not $Write) {
            $ran
            continue
        }
        $queue = [Collections.Generic.Queue[object]]::new($ran)
        $updated = $block.Replace($text, {
            param($match)
            $one = $queue.Dequeue()
            "``````powershell`n$($one.Code)`n``````" + $(if ($one.IsPrinted) { "`n`n``````text`n$($one.Now)`n``````" })
        })
        if ($updated -cne $text) {
            [IO.File]::WriteAllText($file, $updated)
            "$($file.Name) updated."
        }
        foreach ($match in $picture.Matches($text)) {
            $made = "$root/output/$([IO.Path]::GetFileName($match.Groups['file'].Value))"
            if ([IO.File]::Exists($made)) { [IO.File]::Copy($made, [IO.Path]::Combine($file.DirectoryName, $match.Groups['file'].Value), $true) }
        }
    }
}
finally {
    Pop-Location
    [Environment]::CurrentDirectory = $folder
    $env:CNNVIS_OPTIONS = $options
    $PSStyle.OutputRendering = $rendering
}
