BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'Get-ImageAttribute' {
    It 'measures photos in their order' {
        $all = Get-ImageAttribute $photos
        $all.ForEach({ [System.IO.Path]::GetFileName($_.Path) }) | Should -Be 'astronaut.png', 'chelsea.png', 'coffee.png', 'rocket.jpg'
        $all[3].Format, $all[0].JpegQuality | Should -Be 'Jpeg', $null
        $all[3].JpegQuality | Should -BeGreaterThan 50
        $all.ForEach({ $_.Brightness -gt 0 -and $_.Brightness -lt 1 -and -not $_.IsGray }) | Should -Not -Contain $false
        $all[1].Instances | Should -BeNullOrEmpty
    }

    It 'takes boxes, labels and near duplicates together at the end' {
        $folder = [System.IO.Directory]::CreateDirectory("$TestDrive/cat").FullName
        [System.IO.File]::Copy($chelsea, "$folder/a.png")
        Get-CnnPrediction $chelsea | Out-Null
        [System.IO.File]::Copy($chelsea, "$folder/b.png")
        [System.IO.File]::Copy($coffee, "$folder/c.png")
        [System.IO.File]::WriteAllText("$TestDrive/boxes.csv", "file,x,y,width,height`na.png,0,0,100,100`nb.png,0,0,100,100`nb.png,200,100,100,100`n")
        $all = Get-ImageAttribute $folder -BoxPath "$TestDrive/boxes.csv" -NearDuplicate
        $all.NearDuplicateCount | Should -Be 1, 1, 0
        [System.IO.Path]::GetFileName($all[1].DuplicateOf) | Should -Be 'a.png'
        $all[0].Scale | Should -Be (10000 / ($all[0].Width * $all[0].Height))
        $all[1].Instances, $all[0].Truncated | Should -Be 2, $true
        [Math]::Abs($all[0].ChancePerformance - 1 / 3) | Should -BeLessThan 1e-9
        $all[2].Instances | Should -BeNullOrEmpty
    }

    It 'says with a network how typical pictures are of their label' {
        $folder = [System.IO.Directory]::CreateDirectory("$TestDrive/kinds/cat").FullName
        foreach ($name in 'a', 'b') { [System.IO.File]::Copy($chelsea, "$folder/$name.png") }
        $other = [System.IO.Directory]::CreateDirectory("$TestDrive/kinds/cup").FullName
        [System.IO.File]::Copy($coffee, "$other/c.png")
        $all = Get-ImageAttribute "$TestDrive/kinds" -Recurse -Model alexnet64
        $all.Label | Should -Be 'cat', 'cat', 'cup'
        foreach ($cat in $all[0, 1]) { [Math]::Abs($cat.Typicality - 1) | Should -BeLessThan 1e-6 }
        $all[2].Typicality | Should -BeNullOrEmpty
        $mixed = Get-ImageAttribute "$TestDrive/kinds" -Recurse -Model alexnet64 -LabelPath (New-Item "$TestDrive/one.csv" -Value "file,class`na.png,x`nb.png,x`nc.png,x`n")
        $mixed[2].Typicality | Should -BeLessThan $mixed[0].Typicality
        (Get-ImageAttribute $chelsea).Typicality | Should -BeNullOrEmpty
    }

    It 'reports what cannot be read' {
        [System.IO.File]::WriteAllText("$TestDrive/broken.png", 'broken')
        $all = Get-ImageAttribute "$TestDrive/broken.png", $chelsea, "$TestDrive/missing.png" -ErrorVariable failed -ErrorAction SilentlyContinue
        @($all).Count, $failed.Count | Should -Be 1, 2
    }
}
