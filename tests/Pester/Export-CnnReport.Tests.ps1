BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Export-CnnReport and Test-CnnReport' {
    It 'holds results with how they were made, through variables' {
        $kept = Get-CnnPrediction $photos -Model alexnet64 -Top 3
        $file = & { '# Head'; 'Text'; $kept; Get-SaliencyMap $chelsea -Model alexnet64 -Method SmoothGrad -Seed 5; $chelsea | Get-Item } | Export-CnnReport "$TestDrive/report.html" -Title 'A report' -PassThru
        $data = ([regex] '(?s)<script id="report" type="application/json">(.*?)</script>').Match([IO.File]::ReadAllText($file)).Groups[1].Value | ConvertFrom-Json
        $data.Entries.Kind | Should -Be 'heading', 'text', 'table', 'picture', 'picture'
        $table = $data.Entries[2]
        $table.Rows.Count | Should -Be 4
        $table.Columns | Should -Be 'Path', 'Top', 'Class', 'Probability' -Because 'a report tells each answer once'
        $table.Origin.Command | Should -Be 'Get-CnnPrediction'
        $table.Origin.Line | Should -BeLike '*$kept = Get-CnnPrediction $photos -Model alexnet64 -Top 3*'
        ($table.Origin.Parameters | Where-Object Name -EQ Top).Values | Should -Be '3'
        $table.Origin.Images[1].Hash | Should -Be (Get-FileHash $table.Origin.Images[1].Name).Hash
        $table.Origin.Models[0].Name | Should -Be 'alexnet64'
        $table.Origin.Models[0].Hash.Length | Should -Be 64
        $data.Entries[3].Origin.Seed | Should -Be 5
        $checks = Test-CnnReport $file -All
        $checks.Entry | Should -Be 3, 4
        $checks.Status | Should -Be 'Same', 'Same'
    }

    It 'finds what was altered, in the page and in the page and its data alike' {
        $null = Get-CnnPrediction $coffee -Model alexnet64 | Export-CnnReport "$TestDrive/number.html"
        $html = [IO.File]::ReadAllText("$TestDrive/number.html")
        $shown = [regex]::Match($html, '>(0\.\d+)</td>').Groups[1].Value
        $digits = $shown.Substring(2, 4)
        [IO.File]::WriteAllText("$TestDrive/page.html", $html.Replace(">$shown<", ">0.123456<"))
        $check = Test-CnnReport "$TestDrive/page.html" -Count 0
        $check.Status, $check.Entry | Should -Be 'Altered', 1
        $check.Difference | Should -BeLike '*0.123456*'
        [IO.File]::WriteAllText("$TestDrive/both.html", $html.Replace("0.$digits", '0.1234'))
        $check = Test-CnnReport "$TestDrive/both.html"
        $check.Status | Should -Be 'Differs'
        $check.Difference | Should -BeLike 'Probability is *'
    }

    It 'tells what it does not run' {
        $null = & { [pscustomobject]@{ A = 1 }; [pscustomobject]@{ FirstAccuracy = 0.9; SecondAccuracy = 0.5 } | Measure-CnnHumanStudy -Count 10 } | Export-CnnReport "$TestDrive/not.html"
        $check = Test-CnnReport "$TestDrive/not.html"
        $check.Status | Should -Be 'NotRun'
        $html = [IO.File]::ReadAllText("$TestDrive/not.html").Replace('Measure-CnnHumanStudy', 'Remove-Item')
        [IO.File]::WriteAllText("$TestDrive/evil.html", $html)
        (Test-CnnReport "$TestDrive/evil.html" -All).Where({ $_.Status -eq 'NotRun' }).Difference | Should -BeLike 'Remove-Item is none*'
        $null = New-CorruptedImage $coffee Fog 3 | Get-CnnPrediction | Export-CnnReport "$TestDrive/memory.html"
        $check = Test-CnnReport "$TestDrive/memory.html" -All
        $check.Status | Should -Be 'NotRun' -Because 'a picture in memory is not there again'
        $check.Difference | Should -BeLike "the picture '*coffee (Fog 3)' was no file"
        { Test-CnnReport $coffee -ErrorAction Stop } | Should -Throw -ErrorId 'ReportUnreadable*'
    }

    It 'writes Markdown with a folder of pictures' {
        $null = Get-SaliencyMap $chelsea -Model alexnet64 | Export-CnnReport "$TestDrive/report.md"
        [IO.File]::ReadAllText("$TestDrive/report.md") | Should -Match '!\[.*\]\(report_files/1\.png\)'
        SizeOf "$TestDrive/report_files/1.png" | Should -Not -BeNullOrEmpty
    }

    It 'refuses and reports' {
        { 'x' | Export-CnnReport "$TestDrive/report.txt" -ErrorAction Stop } | Should -Throw -ErrorId 'InvalidArgument*'
        { 'x' | Export-CnnReport "$TestDrive/report.html" -ErrorAction Stop } | Should -Throw -ErrorId 'FileExists*'
        { $null | Export-CnnReport "$TestDrive/none.html" -ErrorAction SilentlyContinue } | Should -Throw -ErrorId 'InvalidArgument*'
        'x' | Export-CnnReport "$TestDrive/whatif.html" -WhatIf
        "$TestDrive/none.html", "$TestDrive/whatif.html" | Should -Not -Exist
    }
}
